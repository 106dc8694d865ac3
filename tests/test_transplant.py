"""A submission is laid into the instructor's notebook, whatever was done to it on the way."""

import copy
import json

import nbformat
import pytest

from autograder import source
from autograder.errors import UserError
from autograder.transplant import read_submission, transplant
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
