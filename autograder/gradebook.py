"""The one writer of nbgrader's gradebook and of the autograded notebooks.

The rows are what nbgrader's SaveAutoGrades and AssignLatePenalties would write, in one transaction
a submission: there is no moment at which half a grade stands in the database.
"""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import nbformat
from nbgrader import utils
from nbgrader.api import (
    Assignment, Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook, new_uuid)
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from autograder import database, feedback, source
from autograder.course import Course
from autograder.errors import NotGradable, UserError
from autograder.feedback import Marks
from autograder.files import carry_exchange_files, write_whole
from autograder.grading import Graded

_log = logging.getLogger("autograder.nbgrader")
_log.setLevel(logging.CRITICAL)


@contextmanager
def writer(course: Course, slug: str) -> Iterator["Writer"]:
    """The gradebook, held open for one assignment. Raises UserError for one that cannot be used, then or later."""
    with database.opened(course) as session:
        yield Writer(course, slug, session)


class Writer:
    """Writes an assignment's grades; made by `writer`."""

    def __init__(self, course: Course, slug: str, session: Session):
        self.course, self.slug, self.session = course, slug, session
        assignment = session.query(Assignment).filter_by(name=slug).one_or_none()
        notebooks = {n.name: n for n in assignment.notebooks} if assignment else {}
        cells = source.skeleton(slug).cells
        points = {source.grade_id(c): float(c.metadata["nbgrader"]["points"]) for c in cells if source.is_graded(c)}
        solutions = {source.grade_id(c) for c in cells if source.is_solution(c)}
        if (slug not in notebooks or points != {c.name: c.max_score for c in notebooks[slug].grade_cells}
                or solutions != {c.name for c in notebooks[slug].solution_cells}):
            raise UserError(f"{course.root}: the gradebook knows other questions of '{slug}' than the assignment has now. "
                            f"Run `autograder handout {slug}`; where that is refused, as there are grades already, undo the change.")
        self._assignment, self._notebook = assignment.id, notebooks[slug].id
        # By notebook, the cells that get a grade, and those that get a comment: name by id.
        self._cells = {n.id: ({c.id: c.name for c in [*n.grade_cells, *n.task_cells]},
                              {c.id: c.name for c in [*n.solution_cells, *n.task_cells]}) for n in notebooks.values()}
        session.rollback()
        session.expunge_all()
        try:
            self._penalties = AssignLatePenalties(config=course.config)
            self._penalties.log = _log
            self._penalties.init_plugin()
        except Exception as error:
            raise UserError(f"{course.root / 'nbgrader_config.py'}: the plugin for late penalties cannot be loaded ({error}). "
                            "Mend c.AssignLatePenalties.") from None

    def record(self, student: str, graded: Graded) -> Marks:
        """Write one judged submission: its notebook to autograded/, its scores to the gradebook.

        Every automatic score is replaced, so nothing of an earlier submission stays; scores and
        comments that a person gave are kept, and marked for another look as nbgrader does.

        Returns: what the gradebook then says of it.
        Raises: NotGradable where the gradebook cannot hold this submission; UserError, OSError where it can hold none.
        """
        stamp = self._write_notebook(student, graded)
        cells = {source.grade_id(c): c for c in graded.notebook.cells if source.grade_id(c)}
        with self._transaction(student):
            submission, notebook = self._rows(student)
            grade_names, comment_names = self._cells[self._notebook]
            submission.timestamp = stamp
            for grade in notebook.grades:
                cell = cells.get(grade_names[grade.cell_id])
                if cell is not None and utils.is_grade(cell):       # not a task, which a person grades
                    grade.auto_score = utils.determine_grade(cell, _log)[0]
                    grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
            for comment in notebook.comments:
                if cell := cells.get(comment_names[comment.cell_id]):
                    comment.auto_comment = _auto_comment(cell)
            self._penalise(submission, notebook)
            said = {comment_names[c.cell_id]: c.auto_comment if c.manual_comment is None else c.manual_comment
                    for c in notebook.comments}
            return Marks({grade_names[g.cell_id]: _score(g) for g in notebook.grades},
                         {name: comment for name, comment in said.items() if comment}, notebook.late_submission_penalty or 0.0)

    def reject(self, student: str) -> None:
        """Take away what an earlier submission scored: the new one could not be graded.

        Its automatic scores become empty, not zero, and wait for a person; scores and comments that a
        person gave stay. Its autograded notebook and its feedback are deleted, or they would be taken
        for the new one's; formgrader then shows the submission as one that needs autograding.
        """
        shutil.rmtree(self.course.autograded / student / self.slug, ignore_errors=True)
        page = feedback.path(self.course, self.slug, student)
        for path in (page, page.with_suffix(".json")):
            path.unlink(missing_ok=True)
        with self._transaction(student):
            found = self._submission(student)
            for notebook in found.notebooks if found else []:
                notebook.late_submission_penalty = None
                for grade in notebook.grades:
                    grade.auto_score, grade.needs_manual_grade = None, True
                for comment in notebook.comments:
                    comment.auto_comment = None

    def scores(self) -> dict[str, float]:
        """The sum of the automatic scores of each submission that has any, by student."""
        return database.scores_of(self.session, self.slug)

    @contextmanager
    def _transaction(self, student: str) -> Iterator[None]:
        """All or nothing; the session forgets every row afterwards, so that memory stays flat."""
        try:
            with self.session.begin():
                yield
        except (DataError, UnicodeError) as error:
            raise NotGradable(f"{self.course.submitted / student}: the gradebook cannot hold this ({error}). "
                              "Is the folder's name the student's id?".replace("\n", " ")) from None
        finally:
            self.session.expunge_all()

    def _submission(self, student: str) -> SubmittedAssignment | None:
        return self.session.query(SubmittedAssignment).filter_by(assignment_id=self._assignment, student_id=student).one_or_none()

    def _rows(self, student: str) -> tuple[SubmittedAssignment, SubmittedNotebook]:
        """The rows of one submission; those that are missing are made, as nbgrader makes them."""
        submission = self._submission(student)
        if submission is None:
            if self.session.get(Student, student) is None:
                self.session.add(Student(id=student))
                self.session.flush()
            submission = SubmittedAssignment(id=new_uuid(), assignment_id=self._assignment, student_id=student, notebooks=[])
            self.session.add(submission)
        known = {n.notebook_id: n for n in submission.notebooks}
        for notebook, (graded, commented) in self._cells.items():
            if notebook not in known:
                known[notebook] = SubmittedNotebook(id=new_uuid(), notebook_id=notebook, grades=[], comments=[])
                submission.notebooks.append(known[notebook])
            rows = known[notebook]
            rows.grades += [Grade(cell_id=cell) for cell in graded.keys() - {g.cell_id for g in rows.grades}]
            rows.comments += [Comment(cell_id=cell) for cell in commented.keys() - {c.cell_id for c in rows.comments}]
        return submission, known[self._notebook]

    def _penalise(self, submission: SubmittedAssignment, notebook: SubmittedNotebook) -> None:
        """Let the course's plugin take points off for lateness, as nbgrader's AssignLatePenalties does."""
        notebook.late_submission_penalty = None
        if submission.timestamp is None:
            return
        self.session.flush()
        self.session.refresh(submission)
        if submission.total_seconds_late <= 0:
            return
        self.session.expire(notebook, ["score"])
        try:
            penalty = self._penalties.plugin_inst.late_submission_penalty(
                submission.student_id, notebook.score, submission.total_seconds_late)
        except Exception as error:
            raise UserError(f"{self.course.root / 'nbgrader_config.py'}: the plugin for late penalties failed "
                            f"({type(error).__name__}: {error}). Mend c.AssignLatePenalties and run the same command again.") from error
        if penalty is not None:
            notebook.late_submission_penalty = self._penalties._check_late_penalty(notebook, penalty)

    def _write_notebook(self, student: str, graded: Graded) -> datetime | None:
        """Write the autograded notebook and the time of submission, which is returned where it is known."""
        folder = self.course.autograded / student / self.slug
        folder.mkdir(parents=True, exist_ok=True)
        carry_exchange_files(self.course.submitted / student / self.slug, folder)
        stamp = folder / "timestamp.txt"
        text = stamp.read_text(encoding="utf-8").strip() if stamp.is_file() else ""
        write_whole(folder / f"{self.slug}.ipynb", nbformat.writes(graded.notebook) + "\n")
        try:
            return utils.parse_utc(text) if text else None
        except (ValueError, OverflowError):
            return None


def _auto_comment(cell) -> str | None:
    untouched = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
    return "No response." if untouched and not utils.is_task(cell) else None


def _score(grade: Grade) -> float:
    """What a grade counts; as nbgrader's column `score`, which is only computed when a row is read."""
    score = grade.auto_score if grade.manual_score is None else grade.manual_score
    return 0.0 if score is None else score + (grade.extra_credit or 0.0)
