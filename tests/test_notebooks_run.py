"""Every exported notebook runs from top to bottom with the packages of the lock, far from this repository.

With Colab's versions they run in `make generations ARGS=0.7.2`.
"""

import subprocess
import sys

import pytest

from tests.test_notebooks import NOTEBOOKS


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_notebook_runs(root, site, name):
    """No cell fails or complains, and nothing comes from the repository."""
    done = subprocess.run([sys.executable, root / "tools/run_notebook.py", site / "notebooks" / f"{name}.ipynb"],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("code, complaint", [
    ("assert 1 == 2", "AssertionError"),
    ("import sys; print('careful', file=sys.stderr)", "careful"),
    ("import sys; sys.path.append({root!r}); import tools.summary", "summary.py"),
    ("from figures import arrays", "No module named 'figures'"),
])
def test_the_tester_fails_a_bad_notebook(root, tmp_path, code, complaint):
    """A notebook that fails, complains, or borrows from the repository does not pass."""
    import nbformat
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code.format(root=str(root)))])
    nbformat.write(notebook, tmp_path / "bad.ipynb")
    done = subprocess.run([sys.executable, root / "tools/run_notebook.py", tmp_path / "bad.ipynb"],
                          capture_output=True, text=True)
    assert done.returncode == 1 and complaint in done.stderr
