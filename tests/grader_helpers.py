"""What several tests of the grader need: notebooks made of code, and a toy assignment's folder."""

import json
import subprocess
import sys
from pathlib import Path

import nbformat

from autograder import source

ROOT = Path(__file__).resolve().parent.parent
SLUG = "finite_differences"


def notebook(*cells):
    """A notebook of these code cells."""
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells],
                                    metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})


def cell_of(nb, grade_id):
    """The cell with this grade id."""
    return next(c for c in nb.cells if source.grade_id(c) == grade_id)


def save(nb, path):
    """Write a notebook, or any JSON value or text, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(nb, str):
        path.write_text(nb)
    elif isinstance(nb, nbformat.NotebookNode):
        nbformat.write(nb, path)
    else:
        path.write_text(json.dumps(nb))
    return path


def autograder(*arguments, cwd=ROOT, env=None):
    """Run the command line in a process of its own, as a person does."""
    return subprocess.run([sys.executable, "-m", "autograder", *map(str, arguments)], cwd=cwd, env=env,
                          capture_output=True, text=True, timeout=300)
