"""Handout, submission, grade and feedback, through real nbgrader and the command line."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder import source, specimen
from autograder.course import Course
from tests.grader_helpers import ROOT, SLUG, autograder, cell_of, save


def submissions(course):
    """A class of six: right, wrong, untouched, edited tests, an infinite loop, no notebook at all."""
    half = specimen.fill(SLUG, specimen.all_of(SLUG, "wrong")[0])
    edited, loop = source.skeleton(SLUG), source.source_notebook(SLUG)
    for cell in edited.cells:
        if source.is_graded(cell):
            cell.source = "1000.0"
    cell_of(loop, "richardson").source = "def richardson(f, x, h, levels):\n    while True: pass"
    for student, nb in {"right": source.source_notebook(SLUG), "half": half, "untouched": source.skeleton(SLUG),
                        "edited": edited, "loop": loop, "broken": '{"cells": ['}.items():
        save(nb, course.submission(student, SLUG))


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A course directory, handed out and graded once by the command line."""
    course = Course(tmp_path_factory.mktemp("course") / "course")
    made = autograder("handout", SLUG, "--course-dir", course.root)
    assert made.returncode == 0, made.stderr
    submissions(course)
    run = autograder("grade", SLUG, "--course-dir", course.root, "--seconds", "8", "--json", "-")
    return course, run


def gradebook(course):
    with Gradebook(course.db_url) as book:
        return {s.student.id: s.score for s in book.assignment_submissions(SLUG)}


def test_the_handout_is_what_a_student_needs(graded):
    """No solution is in it, every question is, and it is valid for nbgrader."""
    nb = nbformat.read(graded[0].release / SLUG / f"{SLUG}.ipynb", 4)
    nbformat.validate(nb)
    text = "\n".join(c.source for c in nb.cells)
    assert "BEGIN SOLUTION" not in text and "isfinite" not in text
    assert text.count("raise NotImplementedError()") == 7 + 1   # and once in the instructions
    assert [source.grade_id(c) for c in nb.cells if source.is_graded(c)] == [f"check_{q}" for q in source.points(SLUG)]


def test_the_class_is_graded_and_the_broken_one_named(graded):
    """Five are graded; the sixth is named with its file, and the exit status says so."""
    course, run = graded
    rows = {r["student"]: r for r in json.loads(run.stdout)}
    assert run.returncode == 1
    assert rows["broken"]["status"] == "rejected" and "broken" in rows["broken"]["error"]
    assert rows["right"]["score"] == 20 and rows["untouched"]["score"] == rows["edited"]["score"] == 0
    assert 0 < rows["half"]["score"] < 20 and rows["loop"]["score"] == 16
    assert {q["name"]: q["status"] for q in rows["loop"]["questions"]}["richardson"] == "timeout"
    assert gradebook(course) == {s: r["score"] for s, r in rows.items() if r["status"] == "graded"}


def test_feedback_shows_the_report(graded):
    """The feedback page has the score, the failed input and what came."""
    page = (graded[0].feedback / "half" / SLUG / f"{SLUG}.html").read_text()
    assert "Not right yet" in page or "Partly right" in page
    assert "What came" in page and "Expected" in page
    assert "Traceback (most recent" not in page and "references.py" not in page


def test_nothing_changed_means_nothing_to_do(graded):
    """A second run grades nothing, and keeps every score."""
    course, _ = graded
    before = gradebook(course)
    run = autograder("grade", SLUG, "--course-dir", course.root, "--seconds", "8", "--json", "-")
    states = {r["student"]: r["status"] for r in json.loads(run.stdout)}
    assert states.pop("broken") == "rejected" and set(states.values()) == {"unchanged"}
    assert gradebook(course) == before


def test_plain_nbgrader_gives_the_same_scores(graded, tmp_path):
    """`nbgrader autograde` in the course directory scores as `autograder grade` did."""
    course, _ = graded
    twin = Course(tmp_path / "course")
    shutil.copytree(course.root, twin.root)
    shutil.rmtree(twin.autograded)
    shutil.rmtree(twin.submitted / "broken")
    shutil.rmtree(twin.submitted / "loop")      # it would wait for the full time-out; graded above
    (twin.root / "gradebook.db").unlink()
    assert autograder("handout", SLUG, "--course-dir", twin.root).returncode == 0
    env = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    run = subprocess.run([sys.executable, "-m", "nbgrader", "autograde", SLUG], cwd=twin.root, env=env, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-3000:]
    assert gradebook(twin) == {s: v for s, v in gradebook(course).items() if s not in ("loop", "broken")}


def test_a_resubmission_replaces_every_score(graded, tmp_path):
    """A dry run says whose score would change and writes nothing; then the new score stands alone."""
    course = Course(tmp_path / "course")
    shutil.copytree(graded[0].root, course.root)
    shutil.rmtree(course.submitted / "broken")
    before, journal = gradebook(course), (course.private / "journal.jsonl").read_bytes()
    save(source.skeleton(SLUG), course.submission("right", SLUG))
    dry = autograder("grade", SLUG, "--course-dir", course.root, "--dry-run")
    assert "would change (recorded: 20.00)" in dry.stdout and gradebook(course) == before
    assert (course.private / "journal.jsonl").read_bytes() == journal
    assert autograder("grade", SLUG, "--course-dir", course.root, "--student", "right").returncode == 0
    assert gradebook(course) == before | {"right": 0.0}


def test_a_resubmission_that_cannot_be_read_has_no_score(graded, tmp_path):
    """Nothing of the older file stays: no score, no feedback; formgrader shows that it needs grading."""
    from autograder import handout

    course = Course(tmp_path / "course")
    shutil.copytree(graded[0].root, course.root)
    before = gradebook(course)
    save("no notebook", course.submission("right", SLUG))
    arguments = ("grade", SLUG, "--course-dir", course.root, "--student", "right")
    dry = autograder(*arguments, "--dry-run")
    assert dry.returncode == 1 and "would be taken away" in dry.stdout and gradebook(course) == before
    run = autograder(*arguments)
    assert run.returncode == 1 and "not valid JSON" in run.stdout and "(20) was taken away" in run.stdout
    assert gradebook(course) == before | {"right": 0.0}
    assert not list(course.feedback.glob(f"right/{SLUG}/*"))
    shown = {s["student"]: s for s in handout.api(course).get_submissions(SLUG)}
    assert not shown["right"]["autograded"] and shown["half"]["autograded"]
    save(source.source_notebook(SLUG), course.submission("right", SLUG))
    assert autograder(*arguments).returncode == 0 and gradebook(course) == before


def test_handing_out_again_keeps_the_grades(graded, tmp_path):
    """`handout` on a graded course loses nothing of the gradebook, the secret, or the config's own lines."""
    course = Course(tmp_path / "course")
    shutil.copytree(graded[0].root, course.root)
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text() + "c.CourseDirectory.course_id = 'mine'\n")
    before, secret = gradebook(course), course.secret()
    assert autograder("handout", "--course-dir", course.root).returncode == 0
    assert gradebook(course) == before and course.secret() == secret and "'mine'" in config.read_text()


def test_a_fault_of_ours_is_no_zero(graded, tmp_path, monkeypatch):
    """When a reference fails, the same file keeps its score, a new one has none, and the message says whose fault it is."""
    from autograder import assignment, classroom, handout

    course = Course(tmp_path / "course")
    shutil.copytree(graded[0].root, course.root)
    for student in ("broken", "loop"):
        shutil.rmtree(course.submitted / student)
    before = gradebook(course)
    save(source.source_notebook(SLUG), course.submission("half", SLUG))
    monkeypatch.setitem(assignment.load(SLUG, "references").REFERENCES, "richardson", lambda inputs, value: 1 / 0)
    rows = {r.student: r for r in classroom.grade(course, SLUG)}      # its seconds differ, so all are graded again
    assert {row.state for row in rows.values()} == {"rejected"}
    assert "fault of the grader" in rows["half"].error and "taken away" in rows["half"].error
    assert "fault of the grader" in rows["right"].error and "(20) stays" in rows["right"].error
    assert gradebook(course) == before | {"half": 0}
    shown = {s["student"]: s for s in handout.api(course).get_submissions(SLUG)}
    assert shown["right"]["autograded"] and not shown["half"]["autograded"]
    monkeypatch.undo()
    assert {r.state for r in classroom.grade(course, SLUG, ["half", "right"])} == {"graded"}
    assert gradebook(course) == before | {"half": 20}


def test_nbgraders_own_views_show_the_scores(graded):
    """What formgrader lists: every graded submission, with its score and nothing left to grade by hand."""
    from autograder import handout

    course, run = graded
    rows = {r["student"]: r for r in json.loads(run.stdout)}
    shown = {s["student"]: s for s in handout.api(course).get_submissions(SLUG)}
    for student in ("right", "half", "untouched", "edited", "loop"):
        assert shown[student]["autograded"] and not shown[student]["needs_manual_grade"]
        assert shown[student]["score"] == rows[student]["score"] and shown[student]["max_score"] == 20


@pytest.mark.parametrize("kind, mark", [("source", "✓"), ("release", "✗")])
def test_a_student_runs_the_notebook(graded, kind, mark, monkeypatch):
    """Run as a student does, each check prints its verdict, and no cell of the handout raises."""
    from nbclient import NotebookClient

    monkeypatch.delenv("AUTOGRADER_ASK_ONLY", raising=False)
    monkeypatch.setenv("JAX_PLATFORMS", "cpu")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    course = graded[0]
    nb = nbformat.read(getattr(course, kind) / SLUG / f"{SLUG}.ipynb", 4)
    NotebookClient(nb, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(course.root)}}).execute()
    reports = ["".join(o.get("text", "") for o in c.outputs) for c in nb.cells if source.is_graded(c)]
    assert len(reports) == 7 and all(r.startswith(mark) for r in reports), reports


def nbgrader(course, *arguments):
    """Run an nbgrader command in the course directory, as a person does who set nothing up."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "AUTOGRADER"))}
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
    return subprocess.run([sys.executable, "-m", "nbgrader", *map(str, arguments)], cwd=course.root, env=env,
                          capture_output=True, text=True, timeout=300)


def test_validate_judges_outside_and_confines(graded, tmp_path):
    """`nbgrader validate` finds the right solutions right and the wrong one wrong; no kernel of it is unconfined."""
    course = graded[0]
    (tmp_path / "note").write_text("not for students")
    spy = source.source_notebook(SLUG)
    cell_of(spy, "richardson").source += f"\nprint(open({str(tmp_path / 'note')!r}).read())\nraise SystemExit"
    good = save(source.source_notebook(SLUG), course.root / "good.ipynb")
    bad = save(specimen.fill(SLUG, specimen.all_of(SLUG, "wrong")[0]), course.root / "bad.ipynb")
    spying = save(spy, course.root / "spy.ipynb")
    run = nbgrader(course, "validate", good)
    assert run.returncode == 0 and "Success" in run.stdout, run.stdout + run.stderr
    run = nbgrader(course, "validate", bad)
    assert "VALIDATION FAILED" in run.stdout and "Not right" in run.stdout
    assert "not for students" not in nbgrader(course, "validate", spying).stdout


def test_other_notebooks_are_confined_too(graded, tmp_path):
    """A notebook that is none of ours runs confined when nbgrader validates it here."""
    course = graded[0]
    (tmp_path / "note").write_text("not for students")
    cell = nbformat.v4.new_code_cell(f"print(open({str(tmp_path / 'note')!r}).read())\nassert False", metadata={"nbgrader": {
        "grade": True, "solution": False, "locked": False, "points": 1, "grade_id": "a", "schema_version": 3,
        "cell_type": "code", "task": False}})
    nb = nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": {"name": "python3", "display_name": "Python"}})
    run = nbgrader(course, "validate", save(nb, course.root / "other.ipynb"))
    assert "FileNotFoundError" in run.stdout or "PermissionError" in run.stdout, run.stdout + run.stderr
    assert "not for students" not in run.stdout
