"""Lay a submission into the instructor's notebook.

The instructor's notebook is the skeleton: its text, its order, its test cells. From the student
come the solution cells, found as `autograder.matching` says, and the extra cells, each kept behind
the cell that it followed. What a student did to a test cell has no effect.

Where several cells claim to be one solution, the last that defines it and is finished wins: who
copies a cell and works in the copy means the copy. The others stay, as extra cells before it.
"""

from nbformat import NotebookNode

from autograder import source
from autograder.matching import Handout, defined, sort
from autograder.submission import node, notebook, plain_cell, read_submission

__all__ = ["plain_cell", "read_submission", "transplant"]


def transplant(submission: NotebookNode, skeleton: NotebookNode) -> NotebookNode:
    """Return the skeleton with the student's solution cells and extra cells in it.

    Args: submission: its cells are as `plain_cell` makes them; neither argument is changed.
    """
    handout = Handout(skeleton)
    cells = _joined(submission.cells, handout)
    claims, known, extra = sort(cells, handout)
    taken = {key: place for key, places in claims.items()
             if (place := _winner(handout, key, places, cells)) is not None}
    texts = {key: cells[place].source for key, place in taken.items()}
    for key in handout.solutions:           # in a cell merged with another solution's
        for text in [t for t in texts.values() if key not in texts and key in handout.provided(t)][-1:]:
            texts[key] = text

    before: dict[int, list] = {}            # cells to lay before, and behind, a place of the skeleton
    behind: dict[int, list] = {}
    anchor = -1
    for place, cell in enumerate(cells):
        if place in known:
            anchor = _advanced(handout, anchor, known[place])
        key = next((k for k, places in claims.items() if place in places), None)
        if key is not None and taken.get(key) == place:
            anchor = handout.position[key]
        elif key in taken:                  # an earlier attempt, a half of it, or a copy
            if cell.cell_type == "code" and handout.rank(key, cell.source) and cell.source != texts[key]:
                late = place > taken[key] and not defined(cell.source) & handout.names[key]
                (behind if late else before).setdefault(handout.position[key], []).append(cell)
        elif place in extra:
            behind.setdefault(anchor, []).append(cell)
    return _assembled(skeleton, handout, texts, before, behind)


def _winner(handout: Handout, key: str, places: list[int], cells: list) -> int | None:
    """The cell that is the solution; None where nobody has worked on any."""
    def merit(place: int) -> tuple:
        cell = cells[place]
        return (cell.cell_type == "code", bool(defined(cell.source) & handout.names[key]),
                handout.rank(key, cell.source), place)

    return max((p for p in places if handout.rank(key, cells[p].source)), key=merit, default=None)


def _joined(cells: list, handout: Handout) -> list:
    """The cells, with a function that was split in two put together: its rest is indented throughout."""
    result: list = []
    for cell in cells:
        last, own = (result[-1] if result else None), source.grade_id(cell)
        lines = [line for line in cell.source.splitlines() if line.strip()]
        if (last is not None and cell.cell_type == last.cell_type == "code" and handout.owner(last)
                and own in (None, source.grade_id(last)) and lines and all(line[0] in " \t" for line in lines)):
            result[-1] = node("code", f"{last.source}\n{cell.source}", last.metadata)
        else:
            result.append(cell)
    return result


def _advanced(handout: Handout, anchor: int, position: int) -> int:
    """Where extra cells go after a cell of the skeleton's; a cell moved past solutions is not followed."""
    passed = any(anchor < handout.position[key] <= position for key in handout.solutions)
    return anchor if passed or position < anchor else position


def _assembled(skeleton: NotebookNode, handout: Handout, texts: dict, before: dict, behind: dict) -> NotebookNode:
    merged = [node(c.cell_type, c.source) for c in behind.get(-1, [])]
    for i, cell in enumerate(skeleton.cells):
        text = texts.get(source.grade_id(cell), cell.source) if source.is_solution(cell) else cell.source
        merged += [node(c.cell_type, c.source) for c in before.get(i, [])]
        merged.append(node(cell.cell_type, text, cell.metadata))
        merged += [node(c.cell_type, c.source) for c in behind.get(i, [])]
    for number, cell in enumerate(merged):
        cell["id"] = f"cell-{number}"
    return notebook(merged, skeleton.metadata)
