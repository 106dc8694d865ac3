"""Run one notebook from top to bottom, as on a machine that has never seen this repository.

    python tools/run_notebook.py _build/html/notebooks/arrays.ipynb

The kernel is the Python that runs this, in a fresh folder, on the CPU unless JAX_PLATFORMS says otherwise. It fails
where a cell raises or writes to standard error, and where the notebook imported anything from this repository.
"""

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
OURS = f"""
import sys
files = [getattr(module, "__file__", None) or "" for module in list(sys.modules.values())]
[file for file in files if file.startswith({str(ROOT) + os.sep!r}) and "site-packages" not in file]
"""
SECONDS = 180       # for one cell; the slowest takes a tenth of that


def run(path: Path) -> None:
    """Run it. Raises: nbclient's CellExecutionError; RuntimeError for noise, or for a loan from the repository."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    notebook.cells.append(nbformat.v4.new_code_cell(OURS))
    for name in ("PYTHONPATH", "MATPLOTLIBRC", "IPYTHONDIR"):
        os.environ.pop(name, None)
    os.environ.setdefault("JAX_PLATFORMS", "cpu")       # make gpu leaves the choice to JAX
    with tempfile.TemporaryDirectory() as folder:
        os.environ["IPYTHONDIR"] = os.path.join(folder, ".ipython")
        client = NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": folder}})
        client.create_kernel_manager()
        client.km.kernel_spec.argv[0] = sys.executable
        client.execute()
    noise = [output.text for cell in notebook.cells for output in cell.get("outputs", []) if output.get("name") == "stderr"]
    if noise:
        raise RuntimeError(f"expected nothing on standard error, got {''.join(noise)}")
    loans = notebook.cells[-1].outputs[0]["data"]["text/plain"]
    if loans != "[]":
        raise RuntimeError(f"expected no import from this repository, got {loans}: the notebook must bring its own modules")


if __name__ == "__main__":
    try:
        run(Path(sys.argv[1]))
    except Exception as error:
        sys.exit(f"{Path(sys.argv[1]).name}: {type(error).__name__}: {str(error)[-3000:]}")
    print("ok")
