"""Wrong use gives one line that names the thing and the remedy, and an exit status."""

import json

import nbformat
import pytest

from autograder import source
from tests.grader_helpers import SLUG, autograder, save


def one_line(run, *words):
    """The run failed as wrong use does: exit 2, one line on stderr with these words, no traceback."""
    assert run.returncode == 2 and run.stderr.strip().count("\n") == 0, run.stderr
    for word in words:
        assert word in run.stderr
    assert run.stdout == ""


def test_check_prints_full_marks_for_a_filled_handout(tmp_path):
    """`check` on a right notebook: 20 of 20, as text and as JSON on standard output alone."""
    path = save(source.source_notebook(SLUG), tmp_path / "mine.ipynb")
    run = autograder("check", path, "--course-dir", tmp_path / "none", "--json", "-")
    result = json.loads(run.stdout)
    assert run.returncode == 0 and result["score"] == result["max_score"] == 20 and result["assignment"] == SLUG
    assert set(result) == {"assignment", "score", "max_score", "sandbox", "questions"}
    assert all(set(q) == {"name", "score", "max_score", "status", "message"} for q in result["questions"])
    assert {q["status"] for q in result["questions"]} == {"passed"}
    assert "20 of 20 points" in autograder("check", path).stdout


@pytest.mark.parametrize("content, words", [
    (None, ["x.ipynb", "no such file"]), ("not json", ["x.ipynb", "JSON"]), ({"a": 1}, ["x.ipynb", "no notebook"]),
    ("", ["x.ipynb"]), (nbformat.v4.new_notebook(cells=[]), ["x.ipynb", "handout"])])
def test_check_of_what_is_no_submission(tmp_path, content, words):
    """A missing file, text, JSON that is no notebook, an empty notebook."""
    if content is not None:
        save(content, tmp_path / "x.ipynb")
    one_line(autograder("check", tmp_path / "x.ipynb"), *words)


def test_check_of_an_unknown_assignment(tmp_path):
    """A notebook that says it belongs to an assignment that does not exist."""
    nb = source.source_notebook(SLUG)
    nb.metadata["autograder"]["assignment"] = "../../etc"
    one_line(autograder("check", save(nb, tmp_path / "x.ipynb")), "x.ipynb", "../../etc", SLUG)


def test_an_unknown_slug(tmp_path):
    """`grade` and `handout` name the assignments that there are."""
    one_line(autograder("grade", "no_such", "--course-dir", tmp_path), "no_such", SLUG)
    one_line(autograder("handout", "no_such", "--course-dir", tmp_path), "no_such", SLUG)


def test_a_missing_and_an_empty_course_directory(tmp_path):
    """Both say what to run first, and make nothing."""
    one_line(autograder("grade", SLUG, "--course-dir", tmp_path / "none"), "no such course directory", "handout")
    (tmp_path / "empty").mkdir()
    one_line(autograder("grade", SLUG, "--course-dir", tmp_path / "empty"), "autograder handout")
    assert not (tmp_path / "none").exists() and list((tmp_path / "empty").iterdir()) == []


def test_a_class_without_submissions_and_an_unknown_student(tmp_path):
    """Nobody handed in; then somebody did, but not the one that is asked for."""
    assert autograder("handout", SLUG, "--course-dir", tmp_path).returncode == 0
    one_line(autograder("grade", SLUG, "--course-dir", tmp_path), "nobody handed in", "submitted/<student>")
    save(source.skeleton(SLUG), tmp_path / "submitted" / "ada" / SLUG / f"{SLUG}.ipynb")
    one_line(autograder("grade", SLUG, "--course-dir", tmp_path, "--student", "eve"), "eve")


def test_a_notebook_of_another_assignment_in_the_class(tmp_path):
    """It is rejected by name; the others are graded."""
    assert autograder("handout", SLUG, "--course-dir", tmp_path).returncode == 0
    other = source.skeleton(SLUG)
    other.metadata["autograder"]["assignment"] = "dual_numbers"
    save(other, tmp_path / "submitted" / "eve" / SLUG / f"{SLUG}.ipynb")
    save(source.skeleton(SLUG), tmp_path / "submitted" / "ada" / SLUG / f"{SLUG}.ipynb")
    (tmp_path / "submitted" / "bob" / SLUG).mkdir(parents=True)
    run = autograder("grade", SLUG, "--course-dir", tmp_path, "--json", tmp_path / "out.json")
    rows = {r["student"]: r for r in json.loads((tmp_path / "out.json").read_text())}
    assert run.returncode == 1
    assert "dual_numbers" in rows["eve"]["error"] and "no such file" in rows["bob"]["error"]
    assert rows["ada"]["status"] == "graded"


@pytest.mark.parametrize("arguments", [[], ["mark"], ["grade"], ["check"], ["collect"], ["grade", SLUG, "--workers", "0"], ["grade", SLUG, "--seconds", "x"]])
def test_wrong_usage_exits_with_2(arguments):
    """argparse's own errors keep the contract's exit status."""
    run = autograder(*arguments)
    assert run.returncode == 2 and "usage:" in run.stderr


@pytest.mark.parametrize("verb", ["handout", "check", "collect", "grade"])
def test_every_verb_has_help(verb):
    """`--help` says what the verb does."""
    run = autograder(verb, "--help")
    assert run.returncode == 0 and len(run.stdout) > 200


def test_it_works_from_any_folder(tmp_path):
    """The assignments are found beside the package, not in the current folder."""
    path = save(source.skeleton(SLUG), tmp_path / "x.ipynb")
    run = autograder("check", path, cwd=tmp_path, env=None)
    assert run.returncode == 0 and "0 of 20 points" in run.stdout


def test_a_folder_where_a_file_should_be(tmp_path):
    """A course directory that is a file gives one line, whatever the verb."""
    (tmp_path / "file").write_text("x")
    one_line(autograder("handout", SLUG, "--course-dir", tmp_path / "file"), "file")
    one_line(autograder("grade", SLUG, "--course-dir", tmp_path / "file"), "file")
