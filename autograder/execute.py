"""Run a notebook in a kernel of its own and bring back what it answered.

Takes a notebook and a seed per graded cell; knows no reference, no score and no database. The
kernel is a child process; this process runs none of the notebook's code. A cell that takes too
long or kills its kernel costs that cell: the kernel is replaced, the cells that are no tests run
again, and the rest goes on.
"""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from autograder import source
from autograder.wire import MIME

CELL_SECONDS = 30
MAX_TEXT = 10_000                       # characters kept of one output
KEPT_TYPES = ("text/plain", "image/png", "image/jpeg")
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Executed:
    """An executed notebook and, for each cell index where it did not end well, how it ended."""

    notebook: NotebookNode
    endings: Mapping[int, str]          # "timeout" or "crashed", or either with ": why" behind it
    sandbox: str = "none"               # the tier that was in force


def execute(nb: NotebookNode, seeds: Mapping[str, int], cell_seconds: int = CELL_SECONDS,
            files: Mapping[str, bytes] = MappingProxyType({}), tier: str | None = None) -> Executed:
    """Run every code cell of nb in order.

    Args:
      nb: a transplanted notebook; its outputs are replaced.
      seeds: by grade id, the seed that the kernel is told right before that cell runs.
      cell_seconds: wall time that one cell may take.
      files: by name, the content of the files beside the notebook, which it may read.
      tier: the sandbox to use; the best one where None.
    """
    scratch = Path(tempfile.mkdtemp(prefix="autograder-"))
    try:
        for name, content in files.items():
            (scratch / Path(name).name).write_bytes(content)
        return asyncio.run(_run(nb, dict(seeds), cell_seconds, scratch))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def environment(scratch: Path) -> dict[str, str]:
    """The kernel's environment: nothing of ours but what it needs to start and to ask."""
    kept = {k: v for k, v in os.environ.items()
            if k in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "VIRTUAL_ENV", "AUTOGRADER_ASSIGNMENTS")
            or k.startswith(("OPENBLAS_", "OMP_"))}
    return kept | {"AUTOGRADER_ASK_ONLY": "1", "NBGRADER_EXECUTION": "autograde", "JAX_PLATFORMS": "cpu",
                   "MPLBACKEND": "module://matplotlib_inline.backend_inline", "PYTHONDONTWRITEBYTECODE": "1",
                   "PYTHONPATH": str(ROOT), "IPYTHONDIR": str(scratch / ".ipython")}


async def _run(nb: NotebookNode, seeds: dict, cell_seconds: int, scratch: Path) -> Executed:
    endings: dict[int, str] = {}
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    start = 0
    while start < len(nb.cells):
        # Each round is one kernel; it ends at the end of the notebook or where the kernel is lost.
        start = await _round(nb, seeds, cell_seconds, scratch, start, endings)
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs = [kept for output in cell.outputs if (kept := _tame(output)) is not None]
    return Executed(nb, endings)


async def _round(nb, seeds, cell_seconds, scratch, start, endings) -> int:
    client = NotebookClient(nb, timeout=cell_seconds, interrupt_on_timeout=False, allow_errors=True,
                            kernel_manager_class=AsyncKernelManager, startup_timeout=120, shutdown_kernel="immediate",
                            resources={"metadata": {"path": str(scratch)}})
    client.create_kernel_manager()
    client.km.kernel_spec.argv[0] = sys.executable
    if os.name == "posix":                  # sockets in our own folder, not ports that others can reach
        client.km.transport, client.km.ip = "ipc", str(scratch / ".k")
    async with client.async_setup_kernel(env=environment(scratch), cwd=str(scratch)):
        for index, cell in enumerate(nb.cells):
            if cell.cell_type != "code" or index in endings:
                continue
            replay = index < start
            if replay and source.is_graded(cell):
                continue
            try:
                if source.grade_id(cell) in seeds and source.is_graded(cell):
                    await _tell(client, seeds[source.grade_id(cell)])
                if replay:  # into a copy: the first run's outputs are the ones to keep
                    await client.async_execute_cell(nbformat.from_dict(cell), index, store_history=False)
                    nb.cells[index] = cell
                else:
                    await client.async_execute_cell(cell, index)
            except CellTimeoutError:
                return _lost(endings, index, "timeout", start)
            except (DeadKernelError, RuntimeError):
                return _lost(endings, index, "crashed", start)
    return len(nb.cells)


def _lost(endings: dict, index: int, how: str, start: int) -> int:
    """Remember how a cell ended; the next round replays what came before it and goes on behind it."""
    endings[index] = how
    return max(start, index + 1)


async def _tell(client: NotebookClient, seed: int) -> None:
    """Give the kernel the seed of the question that is asked next, and our `check` again."""
    code = f"import os as _os; _os.environ['AUTOGRADER_SEED'] = '{seed}'; from autograder import check"
    await asyncio.wait_for(client.kc.execute_interactive(code, silent=True, store_history=False, allow_stdin=False,
                                                         output_hook=lambda _: None), 30)


def _tame(output: NotebookNode) -> NotebookNode | None:
    """An output that is safe to show on a page: no HTML, no script, no endless text."""
    if output.output_type == "stream":
        output.text = str(output.text)[:MAX_TEXT]
    elif output.output_type == "error":
        output.evalue = str(output.evalue)[:MAX_TEXT]
        output.traceback = [str(line)[:MAX_TEXT] for line in output.traceback][:50]
    elif output.output_type in ("display_data", "execute_result"):
        data = {k: v for k, v in output.data.items() if k in KEPT_TYPES or k == MIME}
        if "text/plain" in data:
            data["text/plain"] = str(data["text/plain"])[:MAX_TEXT]
        output.data, output.metadata = data, {}
    else:
        return None
    return output
