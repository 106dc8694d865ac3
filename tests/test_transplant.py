"""A submission is laid into the instructor's notebook, whatever was done to it on the way."""

import copy
import json
import os
import tracemalloc

import nbformat
import pytest

from autograder import source
from autograder.errors import UserError
from autograder.matching import defined
from autograder.submission import assignment_of, notebook, plain_cell, read_submission
from autograder.transplant import transplant
from tests.grader_helpers import SLUG, cell_of, save


@pytest.fixture
def filled():
    """The reference as a student would hand it in, with a helper cell before the third function."""
    nb = source.source_notebook(SLUG)
    at = nb.cells.index(cell_of(nb, "complex_step"))
    nb.cells.insert(at, nbformat.v4.new_code_cell("helper = 1"))
    return nb


def solutions(nb):
    return {source.grade_id(c): c.source for c in nb.cells if source.is_solution(c)}


def graded_cells(nb):
    return [(source.grade_id(c), c.source, c.metadata["nbgrader"]["points"]) for c in nb.cells if source.is_graded(c)]


def delete_tests(nb):
    nb.cells = [c for c in nb.cells if not source.is_graded(c)]


def edit_tests(nb):
    for c in nb.cells:
        if source.is_graded(c):
            c.source, c.metadata["nbgrader"]["points"] = "20.0", 1000


def duplicate_everything(nb):
    nb.cells += copy.deepcopy(nb.cells)


def strip_metadata(nb):
    nb.metadata.clear()
    for c in nb.cells:
        c.metadata.clear()


def strip_ids(nb):
    for c in nb.cells:
        c.pop("id", None)


def retype_tests(nb):
    for i, c in enumerate(nb.cells):
        if source.is_graded(c):
            nb.cells[i] = nbformat.v4.new_markdown_cell(c.source, metadata=c.metadata)


def rename_kernel(nb):
    nb.metadata["kernelspec"] = {"name": "julia", "display_name": "Julia", "language": "julia"}


@pytest.mark.parametrize("harm", [delete_tests, edit_tests, duplicate_everything, strip_metadata, strip_ids, retype_tests, rename_kernel])
def test_harm_has_no_effect(filled, harm):
    """Deleted, edited, doubled, retyped tests, lost metadata, another kernel: the same notebook runs."""
    skeleton, want = source.skeleton(SLUG), solutions(filled)
    harmed = copy.deepcopy(filled)
    harm(harmed)
    merged = transplant(harmed, skeleton)
    assert solutions(merged) == want
    assert graded_cells(merged) == graded_cells(skeleton)
    assert merged.metadata.kernelspec.name == "python3"
    assert sum(c.source == "helper = 1" for c in merged.cells) >= 1
    order = [c.source for c in merged.cells]
    assert order.index("helper = 1") < order.index(want["complex_step"])
    nbformat.validate(merged)


def test_a_deleted_solution_comes_back_untouched(filled):
    """Where a solution cell is gone, the handout's own cell stands in its place."""
    filled.cells = [c for c in filled.cells if source.grade_id(c) != "richardson"]
    merged = transplant(filled, source.skeleton(SLUG))
    assert "raise NotImplementedError()" in cell_of(merged, "richardson").source


def test_an_extra_cell_cannot_pose_as_a_test(filled):
    """nbgrader metadata of the student's own making is dropped."""
    fake = nbformat.v4.new_code_cell("100.0", metadata={"nbgrader": {"grade": True, "grade_id": "mine", "points": 100}})
    filled.cells.append(fake)
    merged = transplant(filled, source.skeleton(SLUG))
    assert not any(source.grade_id(c) == "mine" for c in merged.cells)


def test_what_cannot_be_read_is_refused_by_name(tmp_path, filled):
    """Each kind of broken file gives one sentence with the file's name and a remedy."""
    text = nbformat.writes(filled)
    bad = {"missing": None, "empty": "", "cut": text[: len(text) // 2], "json": {"a": 1}, "list": [1, 2], "number": 3,
           "cells": {"cells": 3, "metadata": {}, "nbformat": 4, "nbformat_minor": 5},
           "other": nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x = 1")])}
    for name, content in bad.items():
        path = tmp_path / f"{name}.ipynb"
        if content is not None:
            save(content, path)
        with pytest.raises(UserError, match=f"{name}.ipynb") as error:
            read_submission(path)
        assert "\n" not in str(error.value) and str(error.value).count(".") >= 2
    (tmp_path / "binary.ipynb").write_bytes(bytes(range(256)))
    with pytest.raises(UserError, match="binary.ipynb"):
        read_submission(tmp_path / "binary.ipynb")
    with pytest.raises(UserError, match="folder"):
        read_submission(tmp_path)


def test_a_notebook_of_another_assignment_is_refused(tmp_path, filled):
    """The message names both assignments."""
    with pytest.raises(UserError, match="finite_differences.*dual_numbers"):
        read_submission(save(filled, tmp_path / "a.ipynb"), "dual_numbers")


def test_older_formats_are_read(tmp_path, filled):
    """nbformat 4.2, without cell ids, and source as lists of lines are no obstacle."""
    raw = json.loads(nbformat.writes(filled))
    raw["nbformat_minor"] = 2
    for c in raw["cells"]:
        c.pop("id")
        c["source"] = c["source"] if isinstance(c["source"], list) else c["source"].splitlines(True)
    slug, nb = read_submission(save(raw, tmp_path / "old.ipynb"))
    assert slug == SLUG and solutions(transplant(nb, source.skeleton(SLUG))) == solutions(filled)


def code(text):
    return nbformat.v4.new_code_cell(text)


def laid(nb):
    return transplant(nb, source.skeleton(SLUG))


@pytest.mark.parametrize("text, names", [
    ("def f(x):\n    return 1\nclass G: pass\nasync def h(): pass", {"f", "G", "h"}), ("a = 1\nb: int = 2\nc == 3\nd += 1", {"a", "b"}),
    ("import numpy as np\nfrom m import k\nfrom m import k as j", {"np", "k", "j"}), ("%%time\ndef f(): pass", {"f"}),
    ("  def f(): pass", {"f"}), ("print(a)\nf(x=1)", set())])
def test_defined_names(text, names):
    """Functions, classes, assignments and imports, also below a magic and indented; no uses."""
    assert defined(text) == names


def test_a_method_is_no_solution(filled):
    """A helper class with methods named like later solutions stays where it is, and the solutions are found."""
    helper = "class Tools:\n    def richardson(self):\n        return 1\n\n    def complex_step(self):\n        return 2"
    filled.cells.insert(filled.cells.index(cell_of(filled, "forward_difference")), nbformat.v4.new_code_cell(helper))
    laid = transplant(filled, source.skeleton(SLUG))
    assert solutions(laid) == solutions(filled)
    places = [i for i, c in enumerate(laid.cells) if c.source == helper]
    assert len(places) == 1 and places[0] < laid.cells.index(cell_of(laid, "forward_difference"))


def test_the_finished_copy_wins(filled):
    """Of several cells with one grade id the last that is finished counts; a later, untouched one does not."""
    cell = cell_of(filled, "richardson")
    handout = cell_of(source.skeleton(SLUG), "richardson")
    early = code("def richardson(f, x, h, levels):\n    return 0")
    early.metadata = copy.deepcopy(cell.metadata)
    at = filled.cells.index(cell)
    filled.cells[at:at + 1] = [early, cell, handout]
    merged = laid(filled)
    order = [c.source for c in merged.cells]
    assert cell_of(merged, "richardson").source == cell.source
    assert order.index(early.source) < order.index(cell.source) and handout.source not in order


def test_a_cell_with_two_solutions_serves_both(filled):
    """Where two solution cells were merged, the other's place has the same text, and no stub undoes it."""
    first, second = cell_of(filled, "forward_difference"), cell_of(filled, "central_difference")
    first.source += "\n\n" + second.source
    filled.cells.remove(second)
    merged = laid(filled)
    assert cell_of(merged, "forward_difference").source == cell_of(merged, "central_difference").source == first.source


def test_a_function_cut_in_two_is_whole_again(filled):
    """A cell whose every line is indented belongs to the function above it."""
    cell = cell_of(filled, "complex_step")
    head, mark, rest = cell.source.partition("    return f(")
    cell.source = head
    filled.cells.insert(filled.cells.index(cell) + 1, code(mark + rest))
    assert cell_of(laid(filled), "complex_step").source.replace("\n\n", "\n") == (head + mark + rest).replace("\n\n", "\n")


def test_names_outdo_grade_ids(filled):
    """Where grade ids were handed round, what a cell defines says which solution it is."""
    want = solutions(filled)
    cells = [c for c in filled.cells if source.is_solution(c)]
    ids = [source.grade_id(c) for c in cells]
    for cell, name in zip(cells, ids[1:] + ids[:1]):
        cell.metadata["nbgrader"]["grade_id"] = name
    assert solutions(laid(filled)) == want


def test_a_likeness_without_name_and_grade_id_is_found(filled):
    """A misspelt function without metadata takes the place of its solution, so that the report can say so."""
    cell = cell_of(filled, "directional_derivative")
    cell.source = cell.source.replace("def directional_derivative", "def directional_derivativ")
    cell.metadata.clear()
    assert "def directional_derivativ(" in cell_of(laid(filled), "directional_derivative").source


def test_extra_cells_are_like_no_solution(filled):
    """Helpers, plots and try-outs stay extra cells, although a solution is missing."""
    filled.cells = [c for c in filled.cells if source.grade_id(c) != "forward_difference"]
    tries = ["import matplotlib.pyplot as plt\nhs = np.logspace(-16, 0)\nplt.loglog(hs, [abs(central_difference(np.exp, 1.0, h) - np.e) for h in hs])",
             "def helper(f, x, h):\n    return f(x + h)", "for h in (1e-3, 1e-4):\n    print(central_difference(np.sin, 1.0, h))",
             "class Point:\n    def __init__(self, x, y):\n        self.x, self.y = x, y"]
    filled.cells += [code(t) for t in tries]
    merged = laid(filled)
    assert cell_of(merged, "forward_difference").source == cell_of(source.skeleton(SLUG), "forward_difference").source
    assert [c.source for c in merged.cells][-len(tries):] == tries


def test_a_solution_saved_as_text_counts_and_prose_does_not(filled):
    """A solution cell retyped by a slip is code again; words in its place are not."""
    want = solutions(filled)
    for name in ("richardson", "optimal_step"):
        cell = cell_of(filled, name)
        text = cell.source if name == "richardson" else "I do not know optimal_step."
        filled.cells[filled.cells.index(cell)] = nbformat.v4.new_markdown_cell(text, metadata=cell.metadata)
    got = solutions(laid(filled))
    assert got["richardson"] == want["richardson"] and got["optimal_step"] == cell_of(source.skeleton(SLUG), "optimal_step").source


def test_neither_argument_is_changed(filled):
    """The skeleton may be shared between submissions."""
    skeleton, before = source.skeleton(SLUG), copy.deepcopy(filled)
    twin = copy.deepcopy(skeleton)
    merged = transplant(filled, skeleton)
    merged.cells[0].metadata["mine"] = merged.metadata["mine"] = 1
    assert skeleton == twin and filled == before


def test_a_hostile_text_takes_no_time_to_look_at(filled):
    """Thousands of cells made of a handout's own words, and endless lines, are sorted as they come."""
    words = cell_of(source.skeleton(SLUG), "richardson").source.replace("richardson", "x")
    filled.cells = [c for c in filled.cells if not source.is_solution(c)]
    filled.cells += [code(f"{words} {i}\n" * 20) for i in range(1_500)] + [code("a" * 900_000), code(" " * 900_000 + "x"), code("((((" * 200_000)]
    assert len(laid(filled).cells) > 1_500


def test_the_assignment_is_known_without_stamp_and_tests(filled):
    """What is left of a notebook, its functions, is enough to know where it belongs."""
    strip_metadata(filled)
    delete_tests(filled)
    delete = [c for c in filled.cells if c.source.startswith(("check(", "from", "import"))]
    filled.cells = [plain_cell(c) for c in filled.cells if c not in delete]
    assert assignment_of(filled) == SLUG and assignment_of(notebook([plain_cell({"source": "x"})], {})) is None


@pytest.mark.parametrize("cell", [{}, {"cell_type": [], "source": {}, "metadata": []}, {"source": [1, None, "x"]}, {"source": "\ud800", "cell_type": "code"},
                                  {"cell_type": "heading", "level": 10**9, "source": "x"}, {"metadata": {"nbgrader": {"grade_id": []}}}])
def test_any_cell_becomes_a_plain_one(cell):
    """Whatever a cell is made of, the result is valid and can be written."""
    nb = notebook([plain_cell(cell)], {})
    nb.cells[0]["id"] = "a"
    nbformat.validate(nb)
    nbformat.writes(nb).encode("utf-8")


def test_what_is_no_plain_file_is_not_opened(tmp_path):
    """A pipe would wait for ever; it is refused."""
    os.mkfifo(tmp_path / "pipe.ipynb")
    with pytest.raises(UserError, match="pipe.ipynb.*no plain file"):
        read_submission(tmp_path / "pipe.ipynb")


def test_two_hundred_megabytes_are_not_read(tmp_path, monkeypatch):
    """The size alone refuses a file, also one that grows after it was looked at."""
    with open(tmp_path / "huge.ipynb", "wb") as file:
        file.truncate(200_000_000)
    tracemalloc.start()
    with pytest.raises(UserError, match="larger than 20 MB"):
        read_submission(tmp_path / "huge.ipynb")
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()
    (tmp_path / "small.ipynb").write_bytes(b" " * 2_000)
    monkeypatch.setattr("autograder.submission.MAX_BYTES", 1_000)
    with pytest.raises(UserError, match="larger than"):
        read_submission(tmp_path / "small.ipynb")
