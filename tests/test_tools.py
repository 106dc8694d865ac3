"""The site's builder and the summary, on small stand-ins for the book."""

import json

import pytest

from tools import build_site, summary

CELL_FAILS = """\
\x1b[01mreading sources... \x1b[39;49;00m[ 50%] book/arrays
{root}/book/arrays.md: Executing notebook using local CWD [mystnb]
[IPKernelApp] WARNING | Kernel is running over TCP without encryption.
\x1b[91m{root}/book/arrays.md: WARNING: Executing notebook failed: CellExecutionError [mystnb.exec]
nbclient.exceptions.CellExecutionError: An error occurred while executing the following cell:
------------------
x = 1
assert x == 2, "x should be two"
------------------

\x1b[31m---------------------------------------------------------------------------\x1b[39m
\x1b[31mAssertionError\x1b[39m                            Traceback (most recent call last)
\x1b[31mAssertionError\x1b[39m: x should be two

The above exception was the direct cause of the following exception:
RuntimeError: another story
"""
STDERR = "\x1b[31m{root}/book/arrays.md:15: ERROR: stderr was found in the cell outputs of cell 4 [mystnb.stderr]\n"
TIMEOUT = ("{root}/book/arrays.md: Executing notebook using local CWD [mystnb]\nnbclient.exceptions.CellTimeoutError: "
           "A cell timed out while it was being executed, after 120 seconds.\n")


@pytest.mark.parametrize("said, told", [
    (CELL_FAILS, ['book/arrays.md: this cell raised AssertionError: x should be two\n'
                  '    x = 1\n    assert x == 2, "x should be two"']),
    (STDERR, ["book/arrays.md:15: ERROR: stderr was found in the cell outputs of cell 4 [mystnb.stderr]"]),
    (TIMEOUT, ["book/arrays.md: A cell timed out while it was being executed, after 120 seconds."]),
    ("reading sources... [100%] book/arrays\nbuild succeeded.\n", [])], ids=["cell", "stderr", "timeout", "sound"])
def test_failures_name_the_page_and_the_cell(tmp_path, said, told):
    """Of a failed build's output, what is told is the page, the cell's code and its error."""
    assert build_site.failures(said.format(root=tmp_path), tmp_path) == told


@pytest.fixture
def book(tmp_path):
    """A folder like the project's after a build that succeeded."""
    for name in ("book/figures/page.py", "book/matplotlibrc", "requirements.txt", "_config.yml",
                 "_build/.jupyter_cache/global.db", "_build/html/gone.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "_toc.yml").write_text("root: book/index\nparts:\n- caption: Foundations\n  chapters:\n"
                                       "  - file: book/one\n    sections:\n    - file: book/two\n")
    _, state = build_site.prepare(tmp_path)
    for name in ("_build/.jupyter_cache/global.db", "_build/html/gone.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "_build/site.json").write_text(json.dumps(state | {"succeeded": True}))
    return tmp_path


def test_nothing_changed_keeps_the_cache(book):
    """After a success with nothing changed, Sphinx decides by itself which pages to read."""
    assert build_site.prepare(book)[0] == []
    assert (book / "_build/.jupyter_cache/global.db").exists() and (book / "_build/html/gone.html").exists()


@pytest.mark.parametrize("changed", ["book/figures/page.py", "book/matplotlibrc", "requirements.txt"])
def test_a_changed_helper_throws_the_outputs_away(book, changed):
    """What cells import or draw with is no part of the cache's key, so a change of it empties the cache."""
    (book / changed).write_text("# changed")
    assert build_site.prepare(book)[0] == ["--all"]
    assert not (book / "_build/.jupyter_cache").exists()


def test_another_jax_throws_the_outputs_away(book, monkeypatch):
    """So does another version of JAX."""
    monkeypatch.setattr(build_site, "version", lambda name: "0.0.1")
    build_site.prepare(book)
    assert not (book / "_build/.jupyter_cache").exists()


@pytest.mark.parametrize("note", [None, "", "{}", "failed"])
def test_a_build_after_a_failed_or_interrupted_one_reads_every_page(book, note):
    """A page that failed is read again, though Sphinx thinks that it was; outputs stay cached."""
    state = book / "_build/site.json"
    outputs = json.loads(state.read_text())["outputs"]
    if note is None:
        state.unlink()
    else:
        state.write_text(json.dumps({"outputs": outputs}) if note == "failed" else note)
    assert build_site.prepare(book)[0] == ["--all"]
    assert (book / "_build/.jupyter_cache").exists() == (note == "failed")


def test_a_changed_table_of_contents_removes_old_pages(book):
    """A page that left the book leaves the site."""
    (book / "_toc.yml").write_text("root: book/index\n")
    assert build_site.prepare(book)[0] == ["--all"]
    assert not (book / "_build/html/gone.html").exists() and (book / "_build/.jupyter_cache").exists()


def test_pages_of_the_table_of_contents(book):
    """Pages come in reading order, sections after their chapter, under the caption of their part."""
    assert summary.pages(book / "_toc.yml") == {"": ["book/index"], "Foundations": ["book/one", "book/two"]}


def test_summary_counts_what_is_there(book):
    """The summary counts the pages, names a missing one, and says that nobody was graded yet."""
    for page in ("index", "one"):
        (book / "_build/html/book").mkdir(exist_ok=True)
        (book / f"_build/html/book/{page}.html").write_text("")
    text = summary.summary(book)
    assert "Pages built: 2 of 3" in text and "missing: book/two" in text and "not graded yet" in text


def test_summary_shows_the_class(book):
    """Each submission has a row; the mean is over those that have a score."""
    rows = [{"student": name, "assignment": "one", "score": score, "max_score": 10, "status": status}
            for name, score, status in [("bo", 2.5, "graded"), ("ada", 10, "graded"), ("cy", None, "no notebook")]]
    (book / "course").mkdir()
    (book / "course/scores.json").write_text(json.dumps(rows))
    lines = [line.split() for line in summary.summary(book).splitlines()]
    assert [line[0] for line in lines if line[1:2] == ["one"]] == ["ada", "bo", "cy", "mean"]
    assert ["mean", "one", "6.2", "10", "2", "of", "3", "graded"] in lines and ["cy", "one", "–", "10", "no", "notebook"] in lines
