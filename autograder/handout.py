"""What goes through nbgrader's own converters: building the handouts of an assignment."""

import logging
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder import database, source
from autograder.course import Course
from autograder.errors import UserError

# Why nbgrader fails most often, which it says in its log only.
CHANGED = (" In this course '{slug}' has submissions. If cells were added to it or taken away since they were graded, "
           "nbgrader keeps it as it is: undo that change, or hand it out in a new course directory (--course-dir; for the "
           "sample course, `make clean`).")


def api(course: Course) -> NbGraderAPI:
    """nbgrader's Python interface to the course directory; it logs errors only."""
    made = NbGraderAPI(CourseDirectory(config=course.config), config=course.config)
    made.log = logging.getLogger("autograder.nbgrader")
    made.log.setLevel(logging.CRITICAL)
    return made


def hand_out(course: Course, slug: str) -> Path:
    """Build source/ and release/ of one assignment through nbgrader; returns the handout's path."""
    course.write_config()
    course.secret()
    source.write_source(slug, course.root)
    with database.errors(course):
        if course.gradebook_file is None or course.gradebook_file.exists():
            database.check(course)      # nbgrader would only say that something failed
        result = api(course).generate_assignment(slug, force=True, create=True)
    if not result.get("success"):
        detail = (result.get("error") or result.get("log") or "no reason given").strip().splitlines()
        raise UserError(f"nbgrader could not generate the assignment '{slug}': {detail[-1] if detail else ''}"
                        + (CHANGED.format(slug=slug) if course.submissions(slug) else ""))
    return course.release / slug / f"{slug}.ipynb"
