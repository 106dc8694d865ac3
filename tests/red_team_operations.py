"""What the clumsy notebooks of the red team do to a notebook: functions on its plain JSON.

Each changes `nb` in place. `cells` names which cells: see `select`.
"""

import copy
from typing import Any


def select(nb: dict, which: str) -> list[dict]:
    """Cells by words: [first|second|last] all, code, prose, tests, solutions, locked; singular or plural; or the
    solution cell of a grade id, as "solution newton". Raises LookupError where there is none."""
    *place, kind = which.split()
    kinds = {"all": lambda c, m: True, "code": lambda c, m: c["cell_type"] == "code",
             "prose": lambda c, m: c["cell_type"] != "code", "test": lambda c, m: m.get("grade") is True,
             "solution": lambda c, m: m.get("solution") is True,
             "locked": lambda c, m: m.get("locked") is True and not m.get("grade")}
    if place == ["solution"]:
        place, wanted = ["first"], lambda c, m: kinds["solution"](c, m) and m.get("grade_id") == kind
    else:
        wanted = kinds[kind if kind in kinds else kind.removesuffix("s")]
    found = [c for c in nb["cells"] if wanted(c, c["metadata"].get("nbgrader", {}))]
    return [found[{"first": 0, "second": 1, "last": -1}[place[0]]]] if place else found


def _index(nb: dict, cell: dict) -> int:
    return next(i for i, c in enumerate(nb["cells"]) if c is cell)


def delete(nb: dict, cells: str) -> None:
    for cell in select(nb, cells):
        del nb["cells"][_index(nb, cell)]


def duplicate(nb: dict, cells: str, at: str = "after", text: str | None = None) -> None:
    """Copy cells, ids and all, to behind or before the original, or to the start or end; text: what the copy says."""
    for cell in select(nb, cells):
        twin = copy.deepcopy(cell)
        twin["source"] = twin["source"] if text is None else text
        where = {"after": _index(nb, cell) + 1, "before": _index(nb, cell), "start": 0, "end": len(nb["cells"])}[at]
        nb["cells"].insert(where, twin)


def retype(nb: dict, cells: str, to: str) -> None:
    for cell in select(nb, cells):
        cell["cell_type"] = to
        for field in ("outputs", "execution_count"):
            cell.pop(field, None)


def write(nb: dict, cells: str, text: str | None = None, before: str = "", after: str = "") -> None:
    """Replace the text of cells, or add to it before and after."""
    for cell in select(nb, cells):
        cell["source"] = before + (cell["source"] if text is None else text) + after


def indent(nb: dict, cells: str, by: str = "", blanks: str = "    ") -> None:
    """Put `by` before every line, and `blanks` in place of each four blanks."""
    for cell in select(nb, cells):
        cell["source"] = "\n".join(by + line.replace("    ", blanks) for line in cell["source"].splitlines())


def halve(nb: dict, cells: str) -> None:
    """Add half of an emoji, as a browser's broken text field leaves it; JSON can hold it, UTF-8 cannot."""
    for cell in select(nb, cells):
        cell["source"] += "  # \ud83d"


def line_ends(nb: dict, cells: str, to: str) -> None:
    """Other line ends inside the cells, such as "\\r\\n"."""
    for cell in select(nb, cells):
        cell["source"] = cell["source"].replace("\n", to)


def put(nb: dict, path: str, value: Any, cells: str | None = None) -> None:
    """Set a field, by its dotted path, of cells or of the notebook itself; "null" as value means JSON's null."""
    *way, last = path.split(".")
    for target in [nb] if cells is None else select(nb, cells):
        for step in way:
            target = target.setdefault(step, {})
        target[last] = None if value == "null" else copy.deepcopy(value)


def drop(nb: dict, path: str, cells: str | None = None) -> None:
    """Remove a field, by its dotted path, of cells or of the notebook itself."""
    *way, last = path.split(".")
    for target in [nb] if cells is None else select(nb, cells):
        for step in way:
            target = target.get(step, {})
        target.pop(last, None)


def rename(nb: dict, cells: str, to: str) -> None:
    """Change grade ids: `to` holds {} for the old one; "swap" hands each the next one's."""
    found = select(nb, cells)
    old = [c["metadata"]["nbgrader"]["grade_id"] for c in found]
    new = old[1:] + old[:1] if to == "swap" else [to.replace("{}", name) for name in old]
    for cell, name in zip(found, new):
        cell["metadata"]["nbgrader"]["grade_id"] = name


def reverse(nb: dict, cells: str) -> None:
    """Turn the order of these cells round, among the places that they have."""
    found = select(nb, cells)
    places = [_index(nb, c) for c in found]
    for place, cell in zip(places, reversed(found)):
        nb["cells"][place] = cell


def move(nb: dict, cells: str, to: str) -> None:
    """Move cells to the start or the end."""
    found = select(nb, cells)
    rest = [c for c in nb["cells"] if not any(c is f for f in found)]
    nb["cells"] = found + rest if to == "start" else rest + found


def merge(nb: dict, cells: str, with_tests: bool = False) -> None:
    """Join cells into the first of them, as Jupyter's "merge cells" does; the others are gone."""
    found = select(nb, cells)
    if with_tests:
        found = [c for c in nb["cells"] if any(c is f for f in [*found, *select(nb, "tests")])]
    found[0]["source"] = "\n\n".join(c["source"] for c in found)
    for cell in found[1:]:
        del nb["cells"][_index(nb, cell)]


def split(nb: dict, cells: str, before: str, keep_metadata: bool = True) -> None:
    """Cut cells in two before the last line that begins with `before`, blanks aside."""
    for cell in select(nb, cells):
        lines = cell["source"].splitlines(True)
        at = max((i for i, line in enumerate(lines) if line.lstrip().startswith(before)), default=len(lines))
        twin = copy.deepcopy(cell)
        cell["source"], twin["source"] = "".join(lines[:at]).rstrip("\n"), "".join(lines[at:])
        if not keep_metadata:
            twin["metadata"] = {}
        if twin["source"]:
            nb["cells"].insert(_index(nb, cell) + 1, twin)


def version(nb: dict, minor: int = 5, major: int = 4) -> None:
    """Another nbformat: before 4.5 cells have no ids; in 3 they lie in a worksheet, and code is called input."""
    nb["nbformat"], nb["nbformat_minor"] = major, minor
    if (major, minor) < (4, 5):
        drop(nb, "id", "all")
    if major < 4:
        for cell in nb["cells"]:
            if cell["cell_type"] == "code":
                cell["input"], cell["prompt_number"], cell["language"] = cell.pop("source"), None, "python"
                cell.pop("execution_count", None)
        nb["worksheets"] = [{"cells": nb.pop("cells"), "metadata": {}}]


def colab(nb: dict) -> None:
    """What Colab makes of a notebook: its own metadata in place of all others, format 4.0, text as lists of lines."""
    nb["nbformat_minor"] = 0
    nb["metadata"] = {"colab": {"provenance": [], "toc_visible": True}, "language_info": {"name": "python"},
                      "kernelspec": {"name": "python3", "display_name": "Python 3"}, "accelerator": "GPU"}
    for number, cell in enumerate(nb["cells"]):
        cell.pop("id", None)
        cell["metadata"] = {"id": f"k{number}XyZ"}
        cell["source"] = cell["source"].splitlines(True)
        if cell["cell_type"] == "code":
            cell["metadata"] |= {"colab": {"base_uri": "https://localhost/"}, "outputId": f"0000-{number}"}


OPERATIONS = {f.__name__: f for f in (delete, duplicate, retype, write, indent, halve, line_ends, put, drop, rename,
                                      reverse, move, merge, split, version, colab)}
