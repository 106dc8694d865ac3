"""What the README and the pages for students and instructors say is what happens."""

import contextlib
import io
import re

import pytest

from autograder import assignment, source
from autograder.cli import parser
from autograder.verdict import STATUSES
from tests.grader_helpers import ROOT

STUDENTS = (ROOT / "book" / "students.md").read_text(encoding="utf-8")
ASSIGNMENTS = (ROOT / "book" / "assignments.md").read_text(encoding="utf-8")
INSTRUCTORS = (ROOT / "book" / "instructors.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_report_for_students_is_a_real_one():
    """Running the page's example prints the report that the page shows."""
    code, shown = re.search(r"```python\n(.*?)```\s+```text\n(.*?)```", STUDENTS, re.S).groups()
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, {})
    assert out.getvalue() == shown


def test_every_status_is_explained():
    """The students' table has all the words that a verdict can use, and no other."""
    assert set(re.findall(r"^\| ([a-z ]+) \|", STUDENTS, re.M)) - {"word"} == set(STATUSES)


def test_every_assignment_is_listed_with_its_points():
    """The page has all assignments, each with what it is worth and with its downloads."""
    listed = {slug: float(points) for points, slug in re.findall(r"^\*\*([\d.]+) points\*\*.*\n\nDownload: \{handout\}`([a-z_]+)`$", ASSIGNMENTS, re.M)}
    assert listed == {slug: sum(source.points(slug).values()) for slug in assignment.slugs()}


def test_every_option_of_grade_is_explained():
    """The instructors' table names the options that `grade` has."""
    grade = parser()._subparsers._group_actions[0].choices["grade"]
    options = {o for action in grade._actions for o in action.option_strings if o.startswith("--")}
    assert options - {"--help", "--course-dir"} == set(re.findall(r"^\| `(--[a-z-]+)", INSTRUCTORS, re.M))
    assert "--course-dir" in INSTRUCTORS


@pytest.mark.parametrize("path", re.findall(r"\]\(([^)#:]+)\)", README))
def test_the_readme_points_to_files(path):
    """Each picture and link of the README is in the repository."""
    assert (ROOT / path).exists()


def test_the_readme_is_one_screen():
    """The README stays short, and names both commands."""
    assert len(README.splitlines()) <= 50 and "make test" in README
