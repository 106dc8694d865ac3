"""The last cell of a handout makes the file to hand in: in Jupyter, VS Code, Colab, and not at all while grading."""

import json
from datetime import datetime, timezone

import nbformat
import pytest

from autograder import assignment, execute, frame, grading, outline, own_notebook, source, stamp, submission
from tests.grader_helpers import ROOT, SLUG, cell_of, save
from tests.kernel_helpers import kernel

CELL = frame.hand_in_cell(SLUG)
COLAB = '''
import sys, types
colab, _message, files = (types.ModuleType(n) for n in ("google.colab", "google.colab._message", "google.colab.files"))
_message.blocking_request = lambda name, request="", timeout_sec=None: {"ipynb": CONTENT} if name == "get_ipynb" else None
files.download = lambda path: print("downloaded", path.rpartition("/")[2])
colab._message, colab.files = _message, files
sys.modules |= {"google": types.ModuleType("google"), "google.colab": colab, "google.colab._message": _message, "google.colab.files": files}
'''


@pytest.fixture
def mine(tmp_path):
    """A notebook's path, solved but for one function."""
    nb = source.source_notebook(SLUG)
    cell_of(nb, "richardson").source = cell_of(source.skeleton(SLUG), "richardson").source
    return save(nb, tmp_path / f"{SLUG}.ipynb")


@pytest.fixture
def run(tmp_path):
    with kernel(tmp_path, PYTHONPATH=str(ROOT)) as run:
        yield run


def test_it_makes_a_stamped_file(run, mine, tmp_path):
    """Asked for name and id, it writes the notebook as it is, with a stamp that says who, when and what."""
    before = datetime.now(timezone.utc).replace(microsecond=0)
    said = run(CELL, "yes", "Ada  Lovelace ", "../ada", "ada")
    assert "Not written yet: richardson (4 points)" in said and "is no student id" in said
    path = tmp_path / f"{SLUG}-ada.ipynb"
    assert f"{path.name} is made, for Ada Lovelace (ada)" in said
    made, was = json.loads(path.read_text()), json.loads(mine.read_text())
    mark = stamp.read(made)
    assert mark.name == "Ada Lovelace" and mark.student_id == "ada" and before <= mark.time <= datetime.now(timezone.utc)
    assert mark.sources == stamp.hash_sources(was["cells"]) and mark.version == frame.package_version()
    del made["metadata"]["autograder"]["hand_in"]
    assert made == was
    nbformat.validate(nbformat.read(path, 4))
    assert submission.read_submission(path)[0] == SLUG


def test_an_empty_answer_or_a_no_stops_it(run, mine, tmp_path):
    """Nothing is written, and the cell says so."""
    for answers in (["no"], [""], ["y", ""], ["y", "Ada", ""]):
        assert run(CELL, *answers).endswith("No file was made. Run this cell again when you want to hand in.\n")
    assert list(tmp_path.glob("*.ipynb")) == [mine]


def test_what_was_run_must_be_in_the_file(run, mine, tmp_path):
    """A function that was changed and run since the last save is named, and no file is made; after a save it is."""
    nb = nbformat.read(mine, 4)
    cell_of(nb, "richardson").source = "%time 1\n\ndef richardson(f, x, h, levels):\n    return 0.0\n"
    run(cell_of(nb, "setup").source)
    run(cell_of(nb, "richardson").source)
    said = run(CELL)
    assert said.startswith("No file was made.") and "richardson" in said and "Save the notebook" in said
    save(nb, mine)
    run(CELL, "Ada", "ada")
    assert "return 0.0" in (tmp_path / f"{SLUG}-ada.ipynb").read_text()


def test_nobody_to_ask(run, mine, tmp_path):
    """Where a kernel runs by itself, as under nbconvert, one line says who should run the cell."""
    assert run(CELL, sits=False).splitlines()[-1].startswith("This cell makes the file to hand in.")
    assert list(tmp_path.glob("*.ipynb")) == [mine]


def test_colab(run, tmp_path):
    """On Colab the notebook comes from the browser, as it stands, without nbgrader's metadata; the file is downloaded."""
    nb = json.loads(nbformat.writes(source.source_notebook(SLUG)))
    for cell in nb["cells"]:
        cell["metadata"] = {"id": "x"}
    nb["metadata"] = {"colab": {"provenance": []}}
    run(COLAB.replace("CONTENT", repr(nb)))
    said = run(CELL, "Grace", "grace")
    assert f"downloaded {SLUG}-grace.ipynb" in said and "Not written yet" not in said
    path = tmp_path / f"{SLUG}-grace.ipynb"
    assert stamp.read(json.loads(path.read_text())).student_id == "grace"
    graded = grading.grade_notebook(path)
    assert graded.score == graded.max_score


def test_colab_that_does_not_answer(run, tmp_path):
    """One line says what to do; so it does where only the download fails."""
    run(COLAB.replace("CONTENT", "None"))
    said = run(CELL)
    assert said.startswith("No file was made. Colab did not give the notebook") and said.count("\n") == 1
    run(COLAB.replace("CONTENT", repr(json.loads(nbformat.writes(source.source_notebook(SLUG))))) + "del files.download")
    assert "take it from the folder on the left" in run(CELL, "Grace", "grace")


def test_in_the_sandbox_it_is_silent():
    """While grading, the cell prints nothing, asks nothing and raises nothing."""
    nb = source.source_notebook(SLUG)
    nb.cells = [c for c in nb.cells if source.grade_id(c) in ("install", "setup", "hand_in")]
    done = execute.execute(nb, {})
    assert [c.outputs for c in done.notebook.cells] == [[], [], []] and not done.endings


@pytest.mark.parametrize("told", ["__vsc_ipynb_file__", "__session__", "JPY_SESSION_NAME", None])
def test_where_the_notebook_is(mine, tmp_path, monkeypatch, told):
    """VS Code and Jupyter tell the path; where nobody does, or the file was renamed, the folder is searched."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    other = save(nbformat.read(mine, 4), tmp_path / "other" / "mine.ipynb")
    namespace = {told: str(other)} if told and told.startswith("_") else {}
    if told == "JPY_SESSION_NAME":
        monkeypatch.setenv(told, str(other))
    assert own_notebook.read(SLUG, namespace, []).path == (other if told else tmp_path / mine.name)
    other.unlink()
    assert own_notebook.read(SLUG, namespace, []).path == tmp_path / mine.name


def test_which_notebook_of_the_folder(mine, tmp_path, monkeypatch):
    """One under another name is found, a file that was handed in is not taken for it; of two nobody knows which."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    content = json.loads(mine.read_text())
    mine.rename(tmp_path / "renamed.ipynb")
    save(stamp.stamped(content, SLUG, stamp.Stamp("A", "a", datetime.now(timezone.utc), "0", "")), tmp_path / f"{SLUG}-a.ipynb")
    save(source.source_notebook("reverse_mode"), tmp_path / "reverse_mode.ipynb")
    save("no notebook", tmp_path / "broken.ipynb")
    assert own_notebook.read(SLUG, {}, []).path == tmp_path / "renamed.ipynb"
    save(content, tmp_path / "copy.ipynb")
    with pytest.raises(own_notebook.UserError, match="copy.ipynb, renamed.ipynb. Rename yours"):
        own_notebook.read(SLUG, {}, [])
    with pytest.raises(own_notebook.UserError, match="no notebook of 'dual_numbers'"):
        own_notebook.read("dual_numbers", {}, [])


def test_a_handed_in_file_is_not_overwritten_by_itself(run, mine, tmp_path):
    """Who goes on working in the file that was made gets a new one beside it."""
    run(CELL, "y", "Ada", "ada")
    mine.unlink()
    run(CELL, "y", "Ada", "ada")
    assert sorted(p.name for p in tmp_path.glob("*.ipynb")) == [f"{SLUG}-ada-again.ipynb", f"{SLUG}-ada.ipynb"]


@pytest.mark.parametrize("slug", assignment.slugs())
def test_the_text_alone_tells_points_and_questions(slug):
    """What is read without jupytext is what nbgrader's metadata say, with the solutions in the text or cut out."""
    text, solved = assignment.text(slug), [c.source for c in source.source_notebook(slug).cells]
    waiting = [c.source for c in source.skeleton(slug).cells]
    for read in (text, outline.without_solutions(text)):
        assert outline.points(read) == source.points(slug)
        assert outline.unanswered(read, solved) == [] and outline.unanswered(read, waiting) == list(source.points(slug))


@pytest.mark.parametrize("made", [None, 7, {"metadata": []}, {"metadata": {"autograder": {"hand_in": {"name": "x"}}}},
                                  {"metadata": {"autograder": {"hand_in": {"name": 1, "student_id": "a", "version": "", "sources": "",
                                                                           "time": "2026-01-01T00:00:00+00:00"}}}},
                                  {"metadata": {"autograder": {"hand_in": {"name": "x", "student_id": "a", "version": "", "sources": "",
                                                                           "time": "yesterday"}}}}])
def test_what_is_no_stamp(made):
    """Whatever stands in a stranger's metadata, reading it gives None."""
    assert stamp.read(made) is None
