"""A gradebook that cannot be used: one sentence with its name and the remedy, and nothing half-written."""

import sqlite3
import subprocess
import sys

import pytest

from autograder.course import Course
from tests.class_helpers import TOY, bubblewrap, copy_of, toy_world, tree
from tests.grader_helpers import ROOT, autograder


@pytest.fixture(scope="module")
def class_(tmp_path_factory):
    with toy_world(tmp_path_factory.mktemp("class")) as made:
        return made


def sql(course, text):
    with sqlite3.connect(course.root / "gradebook.db") as book:
        book.execute(text)
    book.close()


def newer(course):
    sql(course, "UPDATE alembic_version SET version_num = 'ffffffffffff'")


def older(course):
    sql(course, "UPDATE alembic_version SET version_num = '167914646830'")


def rubbish(course):
    (course.root / "gradebook.db").write_text("This is a text, and long enough to be taken for one. " * 20)


def torn(course):
    path = course.root / "gradebook.db"
    path.write_bytes(path.read_bytes()[:20_000])


def gone(course):
    (course.root / "gradebook.db").unlink()


def a_folder(course):
    gone(course)
    (course.root / "gradebook.db").mkdir()


def no_handout(course):
    (course.release / TOY / f"{TOY}.ipynb").unlink()


def unreachable(course):
    add(course, "c.CourseDirectory.db_url = 'postgresql://teacher:secret-word@127.0.0.1:1/grades'")


def no_driver(course):
    add(course, "c.CourseDirectory.db_url = 'mysql://teacher@127.0.0.1:1/grades'")


def a_slip(course):
    add(course, "c.CourseDirectory.db_url = ")


def add(course, line):
    with open(course.root / "nbgrader_config.py", "a") as config:
        config.write(line + "\n")


CASES = [(newer, ["newer nbgrader", "Install that nbgrader"]), (older, ["older nbgrader", "nbgrader db upgrade"]),
         (rubbish, ["not a database", "run `autograder handout`"]), (torn, ["autograder handout"]),
         (gone, ["there is no gradebook", "autograder handout"]), (a_folder, ["gradebook.db"]),
         (no_handout, ["was not handed out", f"autograder handout {TOY}"]), (unreachable, ["127.0.0.1:1", "server running"]), (no_driver, ["not installed: pip install mysqlclient"]),
         (a_slip, ["nbgrader_config.py", "cannot be read"])]


@pytest.mark.parametrize("dry", [(), ("--dry-run",)], ids=["grade", "dry run"])
@pytest.mark.parametrize("break_it, words", CASES, ids=lambda v: getattr(v, "__name__", ""))
def test_it_is_named(class_, tmp_path, break_it, words, dry):
    fresh, env = class_
    course = copy_of(fresh, tmp_path / "course")
    break_it(course)
    before = tree(course.root)
    run = autograder("grade", TOY, "--course-dir", course.root, *dry, env=env)
    assert run.returncode == 2 and run.stderr.count("\n") == 1 and run.stdout == "", run.stderr
    for word in [*words, "autograder: "]:
        assert word in run.stderr
    assert "secret-word" not in run.stderr
    after = {k: v for k, v in tree(course.root).items() if k != ".autograder/lock"}
    assert {k: v[1] for k, v in after.items()} == {k: v[1] for k, v in before.items()}


@pytest.mark.parametrize("what", ["gradebook.db", "."])
def test_no_permission(class_, tmp_path, what):
    """The gradebook, or the whole course directory, may only be read."""
    fresh, env = class_
    course = copy_of(fresh, tmp_path / "course")
    place = str(course.root / what)
    before = tree(course.root)
    run = subprocess.run([*bubblewrap("--ro-bind", place, place), *command(course)], env=env | {"AUTOGRADER_SANDBOX": "landlock"}, cwd=ROOT,
                         capture_output=True, text=True)
    assert run.returncode == 2 and run.stderr.count("\n") == 1 and str(course.root) in run.stderr, run.stderr
    assert "yours" in run.stderr or "who may read and write it" in run.stderr
    assert {k: v[1] for k, v in tree(course.root).items() if k != ".autograder/lock"} == {k: v[1] for k, v in before.items()}


def command(course: Course):
    return [sys.executable, "-m", "autograder", "grade", TOY, "--course-dir", str(course.root)]


def test_unknown_students(class_, tmp_path):
    """All that are unknown are named, and nobody is graded."""
    fresh, env = class_
    course = copy_of(fresh, tmp_path / "course")
    run = autograder("grade", TOY, "--course-dir", course.root, "--student", "ada", "zoe", "yan", env=env)
    assert run.returncode == 2 and "by yan, zoe" in run.stderr and not course.autograded.exists(), run.stderr
