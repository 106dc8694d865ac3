"""From an assignment's text to its notebooks: the source, the skeleton, and the handout.

The text is MyST Markdown; a cell's `:nbgrader:` option holds what is particular to it, and the
rest of nbgrader's cell metadata is filled in here, as are the two cells that every handout has.
The handout itself is made by nbgrader.
"""

import copy
import re
from functools import lru_cache
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

from autograder import assignment, frame
from autograder.outline import CHECK, without_solutions

MARKER = re.compile(r"^[ \t]*### (?:BEGIN|END) SOLUTION[ \t]*\n?", re.M)
DEFAULTS = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}


def source_notebook(slug: str) -> NotebookNode:
    """The instructor's notebook, solutions included, with complete nbgrader metadata."""
    return copy.deepcopy(_read(slug, assignment.text(slug), frame.places()))


@lru_cache(maxsize=32)
def _read(slug: str, text: str, places: tuple[str, ...]) -> NotebookNode:
    nb = jupytext.reads(text, "md:myst")
    _put_into_frame(nb, slug, places)
    nb.metadata.pop("jupytext", None)
    nb.metadata["autograder"] = {"assignment": slug}
    nb.metadata["language_info"] = {"name": "python"}
    numbers = iter(range(10_000))
    for cell in nb.cells:
        cell["id"] = f"{slug.replace('_', '-')[:50]}-{next(numbers)}"
        mine = cell.metadata.get("nbgrader")
        if mine is not None:
            cell.metadata["nbgrader"] = {**DEFAULTS, "locked": bool(mine.get("grade")), "cell_type": "code", **mine}
    nb.nbformat, nb.nbformat_minor = 4, 5
    nbformat.validate(nb)
    return nb


def _put_into_frame(nb: NotebookNode, slug: str, places: tuple[str, ...]) -> None:
    """Add the cell that installs, before all other code, and the one that hands in, at the end."""
    first = next((i for i, cell in enumerate(nb.cells) if cell.cell_type == "code"), len(nb.cells))
    for place, name, code in ((first, "install", frame.install_cell(places)), (len(nb.cells) + 1, "hand_in", frame.hand_in_cell(slug))):
        nb.cells.insert(place, nbformat.v4.new_code_cell(code, metadata={"nbgrader": {"grade_id": name, "locked": True}}))


def skeleton(slug: str) -> NotebookNode:
    """The instructor's notebook with the solutions cut out: what a submission is laid into."""
    nb = source_notebook(slug)
    for cell in nb.cells:
        if is_solution(cell):
            cell.source = without_solutions(cell.source)
    return nb


def solutions(slug: str) -> dict[str, str]:
    """The reference solutions of an assignment, by the grade id of their cell."""
    return {grade_id(c): MARKER.sub("", c.source) for c in source_notebook(slug).cells if is_solution(c)}


def solution_cells(nb: NotebookNode) -> dict[str, list[int]]:
    """By question, where its solution cells are: those between the graded cell before it and its own."""
    found, places = {}, []
    for index, cell in enumerate(nb.cells):
        if is_graded(cell) and (asked := question_of(cell)):
            found[asked[1]], places = places, []
        elif is_solution(cell):
            places.append(index)
    return found


def grade_id(cell: NotebookNode) -> str | None:
    """The cell's grade id, or None for a cell that nbgrader does not know."""
    mine = cell.metadata.get("nbgrader")
    return mine.get("grade_id") if isinstance(mine, dict) else None


def is_solution(cell: NotebookNode) -> bool:
    mine = cell.metadata.get("nbgrader")
    return isinstance(mine, dict) and mine.get("solution") is True


def is_graded(cell: NotebookNode) -> bool:
    mine = cell.metadata.get("nbgrader")
    return isinstance(mine, dict) and mine.get("grade") is True


def question_of(cell: NotebookNode) -> tuple[str, str] | None:
    """The (slug, question) that a graded cell asks, read from the instructor's own text."""
    found = CHECK.search(cell.source) if cell.cell_type == "code" else None
    return (found[1], found[2]) if found else None


def points(slug: str) -> dict[str, float]:
    """What each question of an assignment is worth, in the order of the notebook."""
    return {question_of(c)[1]: float(c.metadata["nbgrader"]["points"])
            for c in source_notebook(slug).cells if is_graded(c)}


def write_source(slug: str, course: Path) -> Path:
    """Write source/<slug>/<slug>.ipynb in a course directory, as nbgrader expects it."""
    path = course / "source" / slug / f"{slug}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(source_notebook(slug), path)
    return path
