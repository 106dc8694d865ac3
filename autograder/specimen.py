"""Specimens: solutions of an assignment, right and wrong, kept as Python files beside it.

A file begins with a docstring of one line; a wrong one's ends with "Noticed by: question, …". Lines "Says: …" below
it, if any, are words that the report must contain: the diagnosis that this specimen proves.
Cells begin with `# %% grade_id`; what stands before the first becomes a cell of its own. A cell
that a wrong specimen leaves out is taken from the reference solution, and so are, in a cell that
begins with `# %% grade_id, changed`, the functions and methods that it leaves out: a specimen
shows its one bug and nothing else.
"""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder import assignment, source
from autograder.overlay import overlaid

CELL = re.compile(r"^# %%\s*(\w+)(, changed)?\s*$", re.M)


@dataclass(frozen=True)
class Specimen:
    """One solution: `cells` by grade id, `preamble` before them, who must notice and what the report must say.

    changed: the cells of which only what differs from the reference is given.
    """

    path: Path
    summary: str
    noticed_by: tuple[str, ...]
    says: tuple[str, ...]
    preamble: str
    cells: dict[str, str]
    changed: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return self.path.stem


def read(path: Path) -> Specimen:
    """Read a specimen. Raises ValueError, naming the file, if it has no docstring or no cell."""
    text = path.read_text(encoding="utf-8")
    summary = ast.get_docstring(ast.parse(text)) or ""
    pieces = CELL.split(text)
    if not summary or len(pieces) < 4:
        raise ValueError(f"{path}: a specimen begins with a docstring and has cells that begin with `# %% grade_id`")
    noticed = re.search(r"Noticed by:\s*([\w, ]+)\.?\s*$", summary, re.M)
    says = tuple(line.strip() for line in re.findall(r"^Says: (.+)$", summary, re.M))
    preamble = pieces[0].split('"""', 2)[2].strip()
    return Specimen(path, summary.splitlines()[0], tuple(n.strip() for n in noticed[1].split(",")) if noticed else (),
                    says, preamble, dict(zip(pieces[1::3], (p.strip() for p in pieces[3::3]))),
                    frozenset(name for name, mark in zip(pieces[1::3], pieces[2::3]) if mark))


def all_of(slug: str, kind: str) -> list[Specimen]:
    """The specimens of an assignment that are "right" or "wrong", by name."""
    return [read(p) for p in sorted((assignment.folder(slug) / "specimens" / kind).glob("*.py"))]


def fill(slug: str, specimen: Specimen) -> NotebookNode:
    """The notebook that a student with this solution would hand in."""
    reference = source.solutions(slug)
    unknown = set(specimen.cells) - set(reference)
    if unknown:
        raise ValueError(f"{specimen.path}: no solution cell is called {', '.join(sorted(unknown))}")
    nb = source.skeleton(slug)
    for cell in nb.cells:
        if source.is_solution(cell):
            key = source.grade_id(cell)
            cell.source = specimen.cells.get(key, reference[key])
            if key in specimen.changed:
                cell.source = overlaid(reference[key], cell.source)
    if specimen.preamble:
        first = next(i for i, c in enumerate(nb.cells) if source.is_solution(c))
        nb.cells.insert(first, nbformat.v4.new_code_cell(specimen.preamble))
    return nb


def asked(check: NotebookNode, space: dict) -> tuple[str, tuple]:
    """The question of a check cell, and what the cell passes of the names in `space`, which holds our own code only."""
    found: list[tuple[str, tuple]] = []
    exec(check.source, space | {"check": lambda question, *things: found.append((question.partition("/")[2], things))})
    return found[-1]
