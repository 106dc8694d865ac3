"""The gradebook's one writer: the same rows as nbgrader's own steps write, all or none of them."""

import copy
import shutil
from datetime import datetime, timedelta

import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins import BasePlugin
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades
from nbgrader.utils import compute_checksum

from autograder import grading, handout, source
from autograder.course import Course
from autograder.errors import NotGradable, UserError
from autograder.execute import Executed
from autograder.gradebook import writer
from autograder.verdict import Verdict
from tests.class_helpers import ESSAY, TOY, copy_of, gradebook_of, pages_of, write_toy
from tests.grader_helpers import cell_of


class PointAnHour(BasePlugin):
    """One point off for every hour; what nbgrader allows at most is the score."""

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return total_seconds_late / 3600


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory):
    """The toy, with an essay in it that a person grades: its folder, and a course directory in which it was handed out."""
    root = tmp_path_factory.mktemp("handed_out")
    write_toy(root / "assignments", ESSAY)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("AUTOGRADER_ASSIGNMENTS", str(root / "assignments"))
        handout.hand_out(Course(root / "course"), TOY)
    return root


@pytest.fixture
def course(handed_out, tmp_path, monkeypatch):
    """A copy of it for one test."""
    shutil.copytree(handed_out, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("AUTOGRADER_ASSIGNMENTS", str(tmp_path / "assignments"))
    return Course(tmp_path / "course")


def twin(course):
    """The same course directory once more, for nbgrader's own steps."""
    return copy_of(course, course.root.parent / "twin")


def graded(double=2.0, square=3.0, untouched=False):
    """A judged submission with these scores."""
    nb = source.source_notebook(TOY)
    if untouched:
        for name in ("double", "essay"):
            cell_of(nb, name).metadata["nbgrader"]["checksum"] = compute_checksum(cell_of(nb, name))
    made = grading.judge(TOY, Executed(nb, {}), b"secret")
    scores = {"check_double": double, "check_square": square}
    verdicts = []
    for cell in made.notebook.cells:
        if source.grade_id(cell) in scores:
            score, points = scores[source.grade_id(cell)], cell.metadata["nbgrader"]["points"]
            cell.outputs[-1]["data"]["text/plain"] = repr(float(score))
            verdicts.append(Verdict(source.question_of(cell)[1], score, points, "partial", ""))
    return grading.Graded(TOY, made.notebook, tuple(verdicts))


def by_nbgrader(course, student, result, timestamp=None):
    """Record one as `nbgrader autograde` does."""
    with Gradebook(course.db_url, "jax-autodiff") as book:
        book.update_or_create_student(student)
        known = {"timestamp": timestamp} if timestamp else {}
        book.update_or_create_submission(TOY, student, **known)
    resources = {"nbgrader": {"student": student, "assignment": TOY, "notebook": TOY, "db_url": course.db_url}}
    nb, _ = SaveAutoGrades().preprocess(copy.deepcopy(result.notebook), resources)
    AssignLatePenalties(config=course.config).preprocess(nb, resources)


def by_us(course, student, result, timestamp=None):
    stamp = course.submitted / student / TOY / "timestamp.txt"
    if timestamp:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(timestamp)
    with writer(course, TOY) as book:
        return book.record(student, result)


def by_hand(course, student):
    """What a person enters in formgrader: a score, a bonus, a comment, a flag."""
    with Gradebook(course.db_url, "jax-autodiff") as book:
        book.find_grade("check_double", TOY, TOY, student).manual_score = 1.5
        book.find_grade("check_square", TOY, TOY, student).extra_credit = 0.5
        book.find_comment("double", TOY, TOY, student).manual_comment = "Well said."
        book.find_submission_notebook(TOY, TOY, student).flagged = True
        book.db.commit()


def both(course, other, *arguments):
    by_us(course, *arguments)
    by_nbgrader(other, *arguments)


def test_the_rows_are_nbgraders(course):
    """First submissions, with untouched and essay cells, and one after a person's edits: all tables are equal."""
    other = twin(course)
    assert gradebook_of(course) == gradebook_of(other)
    both(course, other, "ada", graded())
    both(course, other, "bob", graded(0.5, 0, untouched=True))
    for one in (course, other):
        by_hand(one, "ada")
    both(course, other, "ada", graded(1, 2.25))
    rows = gradebook_of(course)
    assert rows == gradebook_of(other)
    assert {g["needs_manual_grade"] for g in rows["grade"]} == {True, False}
    assert "No response." in {c["auto_comment"] for c in rows["comment"]}


def test_late_penalties_are_nbgraders(course):
    """On time, late, so late that all is lost, and late by less than an extension."""
    other = twin(course)
    for one in (course, other):
        with open(one.root / "nbgrader_config.py", "a") as config:
            config.write("c.AssignLatePenalties.plugin_class = 'tests.test_gradebook.PointAnHour'\n")
        with Gradebook(one.db_url, "jax-autodiff") as book:
            book.update_or_create_assignment(TOY, duedate="2026-11-25 12:00:00 UTC")
    course, other = Course(course.root), Course(other.root)
    for student, hours in {"early": -1, "late": 1, "later": 40, "granted": 2}.items():
        time = (datetime(2026, 11, 25, 12) + timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M:%S UTC")
        if student == "granted":
            both(course, other, student, graded(), "2026-11-25 11:00:00 UTC")
            for one in (course, other):
                with Gradebook(one.db_url, "jax-autodiff") as book:
                    book.grant_extension(TOY, student, hours=3)
        both(course, other, student, graded(), time)
    rows = gradebook_of(course)
    assert rows == gradebook_of(other)
    assert [n["late_submission_penalty"] for n in rows["submitted_notebook"]] == [None, None, 1, 5]


def test_a_plugin_that_fails_is_named(course):
    """One sentence; the submission is not recorded at all."""
    with open(course.root / "nbgrader_config.py", "a") as config:
        config.write("c.AssignLatePenalties.plugin_class = 'tests.test_gradebook.BasePlugin'\n")
    with Gradebook(course.db_url, "jax-autodiff") as book:
        book.update_or_create_assignment(TOY, duedate="2026-11-25 12:00:00 UTC")
    with pytest.raises(UserError, match="late penalties failed"):
        by_us(Course(course.root), "ada", graded(), "2026-11-26 12:00:00 UTC")
    assert gradebook_of(course)["grade"] == gradebook_of(course)["student"] == []


def test_what_is_said_of_a_submission(course):
    """Scores with a person's in their place, a bonus, and comments."""
    by_us(course, "ada", graded())
    by_hand(course, "ada")
    marks = by_us(course, "ada", graded(1, 2))
    assert dict(marks.scores) == {"check_double": 1.5, "check_square": 2.5, "essay": 0.0}
    assert dict(marks.comments) == {"double": "Well said."} and marks.penalty == 0


def test_a_submission_without_a_time_keeps_no_older_one(course):
    """A resubmission's time is its own; formgrader compares it with the file's to say what is graded."""
    by_us(course, "ada", graded(), "2026-11-25 12:00:00 UTC")
    (course.submitted / "ada" / TOY / "timestamp.txt").unlink()
    by_us(course, "ada", graded())
    assert [s["timestamp"] for s in gradebook_of(course)["submitted_assignment"]] == [None]
    assert not (course.autograded / "ada" / TOY / "timestamp.txt").exists()


@pytest.mark.parametrize("text", ["", "yesterday", "9" * 40, "2026-11-25 12:00:00 Nowhere/Land", "\x00\ud800"])
def test_a_time_that_cannot_be_read_is_none(course, text):
    """A broken timestamp.txt costs nothing but the time."""
    stamp = course.submitted / "ada" / TOY / "timestamp.txt"
    stamp.parent.mkdir(parents=True)
    stamp.write_text(text, errors="surrogatepass")
    by_us(course, "ada", graded())
    assert len(gradebook_of(course)["grade"]) == 3


def test_a_rejected_one_keeps_what_a_person_gave(course):
    """Its automatic scores go and wait for a person; manual scores and comments stay."""
    by_us(course, "ada", graded(untouched=True))
    by_hand(course, "ada")
    with writer(course, TOY) as book:
        assert book.scores() == {"ada": 5}
        book.reject("ada")
        book.reject("nobody")
        assert book.scores() == {}
    rows = gradebook_of(course)
    assert {(g["auto_score"], g["needs_manual_grade"]) for g in rows["grade"]} == {(None, True)}
    assert [g["manual_score"] for g in rows["grade"] if g["manual_score"] is not None] == [1.5]
    assert [c["manual_comment"] for c in rows["comment"] if c["manual_comment"]] == ["Well said."]
    assert pages_of(course) == {} and [s["id"] for s in rows["student"]] == ["ada"]


def test_all_or_nothing(course, monkeypatch):
    """A failure in the middle of one leaves no row of it, and the next one is recorded."""
    from autograder import gradebook

    real = gradebook._auto_comment
    with writer(course, TOY) as book:
        with monkeypatch.context() as patched, pytest.raises(ZeroDivisionError):
            patched.setattr(gradebook, "_auto_comment", lambda cell: real(cell) if source.grade_id(cell) == "double" else 1 / 0)
            book.record("ada", graded())
        assert book.scores() == {}
        book.record("bob", graded())
        assert book.scores() == {"bob": 5}
    assert [s["id"] for s in gradebook_of(course)["student"]] == ["bob"]


def test_a_student_that_the_gradebook_cannot_hold(course):
    """A folder's name that is no text is one submission's trouble, not the class's."""
    with writer(course, TOY) as book:
        with pytest.raises(NotGradable):
            book.record("\udcff", graded())
        book.record("bob", graded())
        assert book.scores() == {"bob": 5}


def test_an_assignment_that_changed_since_the_handout(course):
    """Points that the gradebook does not know would be lost: it is said, before anything is written."""
    text = course.root.parent / "assignments" / TOY / "toy.md"
    text.write_text(text.read_text().replace("points: 3", "points: 7"))
    with pytest.raises(UserError, match="autograder handout toy"):
        by_us(course, "ada", graded())
    handout.hand_out(course, TOY)
    by_us(course, "ada", graded())


def test_an_older_nbgraders_gradebook(course):
    """It names the command that brings the tables up to date."""
    from sqlalchemy import create_engine, text

    with create_engine(course.db_url).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '167914646830'"))
    with pytest.raises(UserError, match="nbgrader db upgrade"):
        by_us(course, "ada", graded())
