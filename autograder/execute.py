"""Run a notebook in a kernel of its own and bring back what it answered.

Takes a notebook and a seed per graded cell; knows no reference, no score and no database. The
kernel is a child process; this process runs none of the notebook's code. A cell that takes too
long or kills its kernel costs that cell: the kernel is replaced, the cells that are no tests run
again, and the rest goes on. A cell whose kernel dies after a question has been asked in it runs once
more, in a fresh one: what that question left behind may have killed it.
"""

import asyncio
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from nbformat import NotebookNode

from autograder import source
from autograder.sandbox import tiers, warm
from autograder.sandbox.folders import Folder
from autograder.session import Ended, Session
from autograder.wire import MIME

CELL_SECONDS = 30
NOTEBOOK_SECONDS = 300
MAX_TEXT = 10_000                       # characters kept of one output
MAX_OUTPUTS = 100                       # outputs kept of one cell
KEPT_TYPES = ("text/plain", "image/png", "image/jpeg")
TOO_LONG = f"timeout: the notebook as a whole took more than {NOTEBOOK_SECONDS} seconds"


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
    Raises: UserError where that sandbox does not work here.
    """
    tier = tiers.choose(tier)
    scratch = Folder()
    try:
        for name, content in files.items():
            (scratch.path / Path(name).name).write_bytes(content)
        return _to_the_end(_Run(nb, dict(seeds), cell_seconds, scratch.path, tier))
    finally:
        scratch.delete()


def _to_the_end(run: "_Run") -> Executed:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(run.all())
    with ThreadPoolExecutor(1) as thread:       # a Jupyter server's own loop waits for us
        return thread.submit(lambda: asyncio.run(run.all())).result()


def prepare(tier: str | None = None) -> None:
    """Start this process's warm parent now, while other things are done; `execute` would do it later."""
    if (tier := tiers.choose(tier)) != "none":
        warm.nursery(tier)


def close() -> None:
    """End what `execute` keeps between calls."""
    warm.close()


class _Run:
    """One notebook on its way through one kernel, or several where kernels are lost."""

    def __init__(self, nb: NotebookNode, seeds: dict, cell_seconds: int, scratch: Path, tier: str):
        self.nb, self.seeds, self.cell_seconds, self.scratch, self.tier = nb, seeds, cell_seconds, scratch, tier
        self.endings: dict[int, str] = {}
        self.deadline = time.monotonic() + NOTEBOOK_SECONDS

    async def all(self) -> Executed:
        for cell in self.nb.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        start, sandbox = 0, self.tier
        while start < len(self.nb.cells):
            # Each round is one kernel; it ends at the end of the notebook or where the kernel is lost.
            async with Session(self.tier, self.scratch) as session:
                sandbox = session.sandbox
                start = await self.round(session, start)
        for cell in self.nb.cells:
            if cell.cell_type == "code":
                cell.outputs = [kept for o in cell.outputs[:MAX_OUTPUTS] if (kept := _tame(o, self.seeds)) is not None]
        return Executed(self.nb, self.endings, sandbox)

    async def round(self, session: Session, start: int) -> int:
        """Run the cells from `start` on, after the earlier ones that are no tests; returns where to go on."""
        asked = False                   # whether a question was asked in this kernel
        for index, cell in enumerate(self.nb.cells):
            graded = source.is_graded(cell)
            if cell.cell_type != "code" or index in self.endings or (graded and index < start) or not cell.source.strip():
                continue
            seconds = min(self.cell_seconds, self.deadline - time.monotonic())
            if seconds <= 0:
                return self.give_up(index)
            told = _tell(self.seeds[source.grade_id(cell)]) if graded and source.grade_id(cell) in self.seeds else ""
            try:
                outputs, number = await session.run(told + cell.source, seconds)
            except Ended as ended:
                if ended.how == "crashed" and asked:        # so index >= start: earlier questions are not asked again
                    return index
                self.endings[index] = str(ended)
                return max(start, index + 1)
            asked = asked or graded
            if index >= start:          # at a replay, the first run's outputs are the ones to keep
                cell.outputs, cell.execution_count = outputs, number
        return len(self.nb.cells)

    def give_up(self, index: int) -> int:
        self.endings |= {i: TOO_LONG for i, c in enumerate(self.nb.cells) if i >= index and c.cell_type == "code"}
        return len(self.nb.cells)


def _tell(seed: int) -> str:
    """A line before a test that gives the kernel the seed of its question, and our `check` again."""
    return f"import os as _os; _os.environ['AUTOGRADER_SEED'] = '{seed}'; from autograder import check\n"


def _tame(output: NotebookNode, seeds: Mapping[str, int]) -> NotebookNode | None:
    """An output that is safe to show on a page: no HTML, no script, no endless text, no seed of a hidden input."""
    def text(value) -> str:
        value = str(value)
        for seed in seeds.values():
            value = value.replace(str(seed), "(a seed)")
        return value

    def short(value) -> str:
        return text(value)[:MAX_TEXT]

    if output.output_type == "stream":
        output.text = short(output.text)
    elif output.output_type == "error":
        output.ename, output.evalue = short(output.ename), short(output.evalue)
        output.traceback = [short(line) for line in output.traceback][:50]
    elif output.output_type in ("display_data", "execute_result"):
        data = {k: v for k, v in output.data.items() if k in KEPT_TYPES or k == MIME}
        if "text/plain" in data:
            data["text/plain"] = short(data["text/plain"])
        if isinstance(data.get(MIME), dict):
            data[MIME] = {k: text(v) for k, v in data[MIME].items()}
        output.data, output.metadata = data, {}
    else:
        return None
    return output
