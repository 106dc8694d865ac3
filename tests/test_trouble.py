"""A cell that did not run to its end says why, in words that help the student who wrote it."""

import pytest

from autograder import grading, source, trouble
from autograder.execute import execute
from tests.grader_helpers import SLUG, cell_of, notebook, save

CELLS = {
    "def f(x):\n    retrun x": "line 2: SyntaxError: invalid syntax",
    "def f(x):\nreturn x": "line 2: IndentationError: expected an indented block after function definition on line 1",
    "x = 1\n\nimport numpyy": "line 3: ModuleNotFoundError: No module named 'numpyy'",
    "from json import lines": "line 1: ImportError: cannot import name 'lines' from 'json'",
    "def g():\n    raise ValueError('x' * 1000)\n\ng()": f"line 4: ValueError: {'x' * trouble.MAX_MESSAGE} …",
    "raise KeyError": "line 1: KeyError",
    "while True: pass": "it did not end in time",
    "import os; os._exit(1)": "the kernel died while it ran",
    "y = 2": "",
}


@pytest.fixture(scope="module")
def executed():
    return execute(notebook(*CELLS), {}, cell_seconds=4)


@pytest.mark.parametrize("index", range(len(CELLS)), ids=CELLS.values())
def test_it_names_line_and_reason(executed, index):
    """The line in the cell, the exception, its message: no path of this machine, no endless text."""
    said = trouble.of_cells([(executed.notebook.cells[index], executed.endings.get(index, ""))])
    assert said == list(CELLS.values())[index]


def test_the_first_trouble_counts(executed):
    """Of several cells, the first that went wrong."""
    assert "numpyy" in trouble.of_cells([(executed.notebook.cells[i], executed.endings.get(i, "")) for i in (8, 2, 6)])


def test_a_misspelt_keyword_is_found_in_the_verdict(tmp_path):
    """A question whose function is not there says why: not only that it is not defined."""
    nb = source.source_notebook(SLUG)
    cell_of(nb, "forward_difference").source = "def forward_difference(f, x, h):\n    retrun f(x + h)"
    cell_of(nb, "central_difference").source = "def central_diference(f, x, h):\n    return (f(x + h) - f(x - h)) / (2 * h)"
    cell_of(nb, "complex_step").source = "step = lambda f, x, h: f(x + 1j * h).imag / h"
    graded = grading.grade_notebook(save(nb, tmp_path / "x.ipynb"))
    first, second, third = graded.verdicts[:3]
    assert first.status == "missing" and "line 2: SyntaxError: invalid syntax" in first.summary
    assert second.status == "missing" and "defines `central_diference`." in second.summary
    assert third.status == "missing" and "is the name spelt so?" in third.summary
