"""How a student's own cell ended when it did not end well, in a few words for the student.

What the kernel says of it is a stranger's text: it is cut short, and never more than text.
"""

import difflib
import re

from nbformat import NotebookNode

from autograder import matching

MAX_MESSAGE = 200                       # characters of an exception's message
MAX_NAMES = 50                          # of a cell, that are compared with the name that is missing
MAX_CODE = 20_000                       # characters of a cell in which they are looked for
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
LINE = re.compile(r"Cell In\[\d+\], line (\d+)")
PLACE = re.compile(r" \([^()]*?(?:, line \d+)?\)$")        # the file that Python names behind some messages


def of_cells(cells: list[tuple[NotebookNode, str]]) -> str:
    """The first trouble of a question's cells, or "".

    cells: executed code cells in their order, each with how it ended as `Executed.endings` says it, "" if well.
    """
    return next((said for cell, ending in cells if (said := _of(cell, ending))), "")


def misspelt(name: str, cells: list[tuple[NotebookNode, str]]) -> str:
    """What the cells define under a name much like this one, or ""; cells as in `of_cells`."""
    names = sorted({n for cell, _ in cells for n in matching.defined(cell.source[:MAX_CODE])} - {name})
    return next(iter(difflib.get_close_matches(name, names[:MAX_NAMES], 1, 0.8)), "")


def _of(cell: NotebookNode, ending: str) -> str:
    how, _, why = ending.partition(": ")
    if how == "timeout":
        return why or "it did not end in time"
    if how == "crashed":
        return why or "the kernel died while it ran"
    error = next((o for o in cell.get("outputs", []) if o.output_type == "error"), None)
    return _exception(error) if error else ""


def _exception(error: NotebookNode) -> str:
    """As in "line 3: NameError: name 'x' is not defined"."""
    message = str(error.evalue).strip()
    if error.ename in ("SyntaxError", "IndentationError", "TabError", "ImportError"):
        message = PLACE.sub("", message)
    message = " ".join(message.split())
    if len(message) > MAX_MESSAGE:
        message = message[:MAX_MESSAGE] + " …"
    line = LINE.search(COLOUR.sub("", "\n".join(error.traceback)))
    return (f"line {line[1]}: " if line else "") + error.ename + (f": {message}" if message else "")
