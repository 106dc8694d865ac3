"""Lay a submission into the instructor's notebook.

The instructor's notebook is the skeleton: its text, its order, its test cells. From the student
come the solution cells, found by grade id or else by the name that they define, and the extra
cells, each kept behind the cell that it followed. What a student did to a test cell has no effect.
"""

import json
import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder import source
from autograder.errors import UserError

MAX_BYTES = 20_000_000
UNTOUCHED = "raise NotImplementedError()"


def read_submission(path: Path, slug: str | None = None) -> tuple[str, NotebookNode]:
    """Read a notebook from a stranger; returns the assignment's slug and the notebook.

    Raises: UserError, naming the file and the remedy, for what is no notebook of `slug` (or, where
    slug is None, of any assignment).
    """
    path = Path(path)
    if not path.exists():
        raise UserError(f"{path}: no such file. Give the path of a notebook (.ipynb).")
    if path.is_dir():
        raise UserError(f"{path}: this is a folder. Give the path of the notebook in it.")
    if path.stat().st_size > MAX_BYTES:
        raise UserError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB. Clear the outputs and save it again.")
    try:
        text = path.read_bytes().decode("utf-8")
        nb = nbformat.reads(text, as_version=4)
        cells = [plain_cell(c) for c in nb.cells]
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror}).") from None
    except Exception:  # nbformat raises whatever the bytes provoke
        kind = "no notebook" if _is_json(path) else "no notebook, or cut off (it is not valid JSON)"
        raise UserError(f"{path}: {kind}. Save it again in Jupyter or download it as .ipynb.") from None
    nb = nbformat.v4.new_notebook(cells=cells, metadata={k: v for k, v in nb.metadata.items() if isinstance(k, str)})
    found = assignment_of(nb)
    if found is None:
        raise UserError(f"{path}: no cell of it belongs to an assignment of this course. Was the handout used?")
    if slug is not None and found != slug:
        raise UserError(f"{path}: this is a notebook of '{found}', not of '{slug}'. Hand it in under its own assignment.")
    return found, nb


def plain_cell(cell) -> NotebookNode:
    """A cell reduced to type, source and nbgrader's metadata, whatever else it carried."""
    kind = cell.get("cell_type")
    text = cell.get("source", "")
    text = "".join(map(str, text)) if isinstance(text, list) else str(text)
    made = nbformat.v4.new_code_cell(text) if kind == "code" else nbformat.v4.new_markdown_cell(text)
    mine = cell.get("metadata", {}).get("nbgrader")
    if isinstance(mine, dict) and isinstance(mine.get("grade_id"), str):
        made.metadata["nbgrader"] = dict(mine)
    return made


def _is_json(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
    except ValueError:
        return False
    return True


def assignment_of(nb: NotebookNode) -> str | None:
    """Which assignment a notebook belongs to: as stamped, else by its check(...) calls."""
    mine = nb.metadata.get("autograder")
    stamped = mine.get("assignment") if isinstance(mine, dict) else None
    if isinstance(stamped, str):
        return stamped
    asked = [found[0] for cell in nb.cells if (found := source.question_of(cell))]
    return max(set(asked), key=asked.count) if asked else None


def transplant(submission: NotebookNode, skeleton: NotebookNode) -> NotebookNode:
    """Return the skeleton with the student's solution cells and extra cells in it."""
    ids = {source.grade_id(c) for c in skeleton.cells} - {None}
    solutions = {source.grade_id(c) for c in skeleton.cells if source.is_solution(c)}
    own_text = {c.source.strip(): i for i, c in enumerate(skeleton.cells)}
    position = {source.grade_id(c): i for i, c in enumerate(skeleton.cells) if source.grade_id(c)}
    taken: dict[str, str] = {}
    extras: dict[int, list[NotebookNode]] = {}
    anchor = -1                                   # extras before every known cell go to the front
    for cell in submission.cells:
        name = _which(cell, ids, solutions, taken)
        if name in solutions:
            if name not in taken or UNTOUCHED in taken[name]:
                taken[name] = cell.source
            anchor = position[name]
        elif name is not None:
            anchor = position[name]               # a test cell or a locked one: the skeleton has it
        elif cell.source.strip() in own_text:
            anchor = max(anchor, own_text[cell.source.strip()])
        elif cell.source.strip():
            extras.setdefault(anchor, []).append(cell)
    merged = list(extras.get(-1, []))
    for i, cell in enumerate(skeleton.cells):
        cell = nbformat.from_dict(cell)
        if source.grade_id(cell) in taken:
            cell.source = taken[source.grade_id(cell)]
        merged += [cell, *extras.get(i, [])]
    for number, cell in enumerate(merged):
        cell["id"] = f"cell-{number}"
        if source.grade_id(cell) not in ids:
            cell.metadata.pop("nbgrader", None)
    return nbformat.v4.new_notebook(cells=merged, metadata=skeleton.metadata)


def _which(cell: NotebookNode, ids: set, solutions: set, taken: dict) -> str | None:
    """The skeleton's cell that a student's cell stands for, or None for an extra cell."""
    name = source.grade_id(cell)
    if name in ids:
        return name
    question = source.question_of(cell)
    if question and len(cell.source.strip().splitlines()) == 1:
        return next((i for i in ids if i == f"check_{question[1]}"), None)
    if cell.cell_type == "code":
        for solution in solutions - set(taken):
            if re.search(rf"^(?:(?:async\s+)?def|class)\s+{re.escape(solution)}\b|^{re.escape(solution)}\s*=[^=]", cell.source, re.M):
                return solution
    return None
