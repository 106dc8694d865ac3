"""The one writer: nbgrader's gradebook, the autograded notebook, and the feedback page.

Everything here goes through nbgrader's own classes, so that formgrader and every nbgrader command
see what they expect.
"""

import logging
import os
import warnings
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades
from nbgrader.utils import parse_utc
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder import source
from autograder.course import Course
from autograder.errors import UserError
from autograder.grading import Graded


def nbgrader_config(course: Course) -> Config:
    """The configuration that nbgrader itself would read in the course directory."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course.root)).load_config()
    config.CourseDirectory.root = str(course.root)
    return config


def api(course: Course) -> NbGraderAPI:
    """nbgrader's Python interface to the course directory; it logs errors only."""
    config = nbgrader_config(course)
    made = NbGraderAPI(CourseDirectory(config=config), config=config)
    made.log = logging.getLogger("autograder.nbgrader")
    made.log.setLevel(logging.CRITICAL)
    return made


def hand_out(course: Course, slug: str) -> Path:
    """Build source/ and release/ of one assignment through nbgrader; returns the handout's path."""
    course.write_config()
    course.secret()
    source.write_source(slug, course.root)
    made = api(course)
    result = made.generate_assignment(slug, force=True, create=True)
    if not result.get("success"):
        detail = (result.get("error") or result.get("log") or "no reason given").strip().splitlines()
        raise UserError(f"nbgrader could not generate the assignment '{slug}': {detail[-1] if detail else ''}")
    return course.release / slug / f"{slug}.ipynb"


def record(course: Course, student: str, graded: Graded) -> None:
    """Write one judged submission to the gradebook, and its notebook to autograded/.

    The scores of all questions are replaced, so nothing of an earlier submission stays.
    """
    slug = graded.assignment
    folder = course.autograded / student / slug
    folder.mkdir(parents=True, exist_ok=True)
    stamp = course.submitted / student / slug / "timestamp.txt"
    timestamp = None
    if stamp.is_file():
        text = stamp.read_text().strip()
        try:
            timestamp = parse_utc(text)
        except ValueError:
            timestamp = None
        (folder / "timestamp.txt").write_text(text)
    with warnings.catch_warnings(), Gradebook(course.db_url) as book:
        warnings.simplefilter("ignore")      # nbgrader makes SQLAlchemy warn of every new submission
        book.update_or_create_student(student)
        if timestamp is None:
            book.update_or_create_submission(slug, student)
        else:
            book.update_or_create_submission(slug, student, timestamp=timestamp)
    resources = {"nbgrader": {"student": student, "assignment": slug, "notebook": slug, "db_url": course.db_url},
                 "unique_key": slug, "metadata": {"path": str(folder)}}
    nb, _ = SaveAutoGrades().preprocess(graded.notebook, resources)
    nb, _ = AssignLatePenalties(config=nbgrader_config(course)).preprocess(nb, resources)
    part = folder / f".{slug}.part"
    nbformat.write(nb, part)
    os.replace(part, folder / f"{slug}.ipynb")


def write_feedback(course: Course, slug: str, student: str) -> Path:
    """Make nbgrader's feedback page for one submission. Raises UserError when it cannot be written."""
    result = api(course).generate_feedback(slug, student_id=student, force=True)
    path = course.feedback / student / slug / f"{slug}.html"
    if not result.get("success") or not path.is_file():
        raise UserError(f"{path}: the feedback could not be written. Is its folder writable? The score is recorded.")
    return path
