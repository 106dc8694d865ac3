"""Which cell of the instructor's notebook a student's cell stands for.

A solution cell is known by what it defines, by its grade id, and last by its likeness to the handout's
text, in this order: metadata are lost (Colab), copied and mixed up more easily than a function's name.
A student's text is looked at with regular expressions only; parsing it could crash the grader.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from nbformat import NotebookNode

from autograder import frame, source

STUB = re.compile(r"^[ \t]*(?:# YOUR CODE HERE|raise NotImplementedError\(\))[ \t]*$\n?", re.M)
DEFINED = re.compile(r"^([ \t]*)(?:async[ \t]+def|def|class)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]{1,80})?=(?!=)|"
                     r"^(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+[\w.]+[ \t]+as[ \t]+(\w+)|"
                     r"^from[ \t]+[\w.]+[ \t]+import[ \t]+(\w+)[ \t]*$", re.M)
WORDS = re.compile(r"\w+|[^\w\s]")
# The share of a handout cell's words (signature, docstring) that a cell must contain, in order, to pass for
# it. In assignment 1 a solution under another name keeps 0.95 and more of its own; helper cells, plots and
# try-outs of a function, however long, reach 0.4. Two handout cells share up to 0.9: the best pair wins.
ALIKE = 0.7
LONGEST, MOST = 4_000, 100  # characters of a cell, and cells, that likeness looks at: difflib's time is quadratic


def normal(text: str) -> str:
    """A cell's text without what editors change unasked: the ends of lines, blank lines around."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def defined(text: str) -> set[str]:
    """The names that a cell seems to define. Of functions and classes the least indented ones: a method is none of them,
    but a cell that is indented throughout, or has its functions below an `if`, is read all the same."""
    found = DEFINED.findall(text)
    least = min((len(indent.expandtabs()) for indent, name, *_ in found if name), default=0)
    return {n for indent, name, *others in found for n in (name, *others) if n and (not name or len(indent.expandtabs()) == least)}


class Handout:
    """What is to be found in a submission: the skeleton's cells by id, by text, by defined names."""

    def __init__(self, skeleton: NotebookNode):
        self.position = {source.grade_id(c): i for i, c in enumerate(skeleton.cells) if source.grade_id(c)}
        self.texts = {i: normal(c.source) for i, c in enumerate(skeleton.cells)}
        self.by_text = {text: i for i, text in self.texts.items()}
        self.solutions = {source.grade_id(c): normal(c.source) for c in skeleton.cells if source.is_solution(c)}
        self.names = {key: defined(text) or {key} for key, text in self.solutions.items()}
        self.checks = {(asked[1] if (asked := source.question_of(c)) else ""): i
                       for i, c in enumerate(skeleton.cells) if source.is_graded(c)}

    def owner(self, cell: NotebookNode) -> str | None:
        """The solution that a cell is by its names or its grade id; None for any other cell."""
        own, names = source.grade_id(cell), defined(cell.source)
        if own not in self.solutions:
            own = None
        if cell.cell_type != "code":        # saved as text by a slip of the keyboard; prose is no code
            return own if own and names & self.names[own] else None
        others = [key for key in self.solutions if names & self.names[key]]
        if own and (own in others or not others):
            return own
        return others[0] if others else None

    def provided(self, text: str) -> list[str]:
        """The solutions that a text defines; several where a student merged cells."""
        names = defined(text)
        return [key for key in self.solutions if names & self.names[key]]

    def rank(self, key: str, text: str) -> int:
        """How much work is in a copy of a solution cell: 0 as handed out, 1 begun, 2 finished."""
        text = normal(text)
        if text == self.solutions[key] or not STUB.sub("", text).strip():
            return 0
        return 1 if STUB.search(text) else 2


def matches(submission: NotebookNode, skeleton: NotebookNode) -> int:
    """How many cells of a submission are the skeleton's own: solutions, tests, code as handed out."""
    handout = Handout(skeleton)
    claims, known, _ = sort(submission.cells, handout)
    return sum(map(len, claims.values())) + sum(skeleton.cells[i].cell_type == "code" for i in known.values())


def sort(cells: list, handout: Handout) -> tuple[dict[str, list[int]], dict[int, int], set[int]]:
    """Sort a submission's cells, by place: which claim to be a solution, which are the skeleton's, the rest."""
    claims: dict[str, list[int]] = {}
    known: dict[int, int] = {}
    extra: set[int] = set()
    solutions = {handout.position[key] for key in handout.solutions}
    whole = {source.grade_id(c) for c in cells
             if normal(c.source) == handout.texts.get(handout.position.get(source.grade_id(c)), None)}
    for place, cell in enumerate(cells):
        text, own = normal(cell.source), source.grade_id(cell)
        same = handout.position.get("install") if frame.is_install_cell(text) else handout.by_text.get(text)
        asked = source.question_of(cell)
        if same is not None and same not in solutions:
            known[place] = same
        elif key := handout.owner(cell):
            claims.setdefault(key, []).append(place)
        elif own in handout.position and own not in handout.solutions and own not in whole:
            known[place] = handout.position[own]
            if known[place] not in handout.checks.values():
                extra.add(place)            # an import added to a locked cell: it runs after the skeleton's own
        elif asked and asked[1] in handout.checks and "\n" not in text:
            known[place] = handout.checks[asked[1]]
        elif text:
            extra.add(place)
    done = {key for key, places in claims.items() if any(handout.rank(key, cells[p].source) for p in places)}
    rest = {p: cells[p].source for p in sorted(extra) if cells[p].cell_type == "code"}
    for place, key in alike(handout, [k for k in handout.solutions if k not in done], rest).items():
        claims.setdefault(key, []).append(place)
        extra.discard(place)
    return claims, known, extra


def alike(handout: Handout, wanted: Iterable[str], texts: Mapping[int, str]) -> dict[int, str]:
    """Pair what is still wanted with the cells that resemble it; the best pairs first.

    Args: wanted: solutions without a cell; texts: by their place, cells that are no solution yet.
    Returns: by place, the solution that the cell there stands for.
    """
    pairs = []
    heads = {key: WORDS.findall(STUB.sub("", handout.solutions[key])) for key in wanted}
    for place, text in list(texts.items())[:MOST]:
        words = WORDS.findall(text[:LONGEST])
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(words)
        for key, head in heads.items():
            if sum((Counter(head) & Counter(words)).values()) < ALIKE * len(head):
                continue                                # not even with the words in any order
            matcher.set_seq1(head)
            share = sum(block.size for block in matcher.get_matching_blocks()) / len(head)
            if share >= ALIKE:
                pairs.append((share, key, place))
    found: dict[int, str] = {}
    for _, key, place in sorted(pairs, key=lambda pair: (-pair[0], pair[2])):
        if place not in found and key not in found.values():
            found[place] = key
    return found
