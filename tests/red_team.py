"""The red team's notebooks: data in tests/hostile/, built here for any assignment and compared with what it scored.

tests/hostile/README.md says what the data mean. This module runs nothing.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import nbformat

from autograder import source
from autograder.matching import defined
from autograder.verdict import STATUSES
from tests.red_team_operations import OPERATIONS, select

FOLDER = Path(__file__).resolve().parent / "hostile"
PLACEHOLDER = re.compile(r"<<(\w+)>>")
# Joined when it runs: a traceback that shows the attack's own line must not look like a success.
PRELUDE = 'def escaped(what):\n    """What an attack calls when it has succeeded."""\n    print("ESC" + "APED:", str(what)[:300])'
ESCAPED = "ESCAPED:"
NO_POINTS = {"failed", "missing", "timeout", "crashed"}


@dataclass(frozen=True)
class Entry:
    """One notebook of the corpus: `kind` is hostile or clumsy, `data` is the file."""

    name: str
    kind: str
    data: Mapping[str, Any]

    def suits(self, slug: str) -> bool:
        """Whether it can be built for an assignment; a few need questions of a certain kind."""
        return slug in self.data.get("assignments", [slug])

    @property
    def expect(self) -> Mapping[str, Any]:
        return self.data.get("expect", {})

    @property
    def seconds(self) -> int:
        """Wall time that one of its cells gets."""
        return self.data.get("cell_seconds", 10)


def entries(kind: str | None = None) -> list[Entry]:
    """All of the corpus, or its hostile or clumsy half, by name."""
    return [Entry(path.stem, k, tomllib.loads(path.read_text(encoding="utf-8")))
            for k in ([kind] if kind else ["hostile", "clumsy"]) for path in sorted((FOLDER / k).glob("*.toml"))]


@lru_cache
def attacked(slug: str) -> tuple[str, ...]:
    """The questions of an assignment that are answered by one function, in a solution cell of the same name."""
    code = source.solutions(slug)
    return tuple(q for q in source.points(slug) if q in code and q in defined(code[q]))


@lru_cache
def _words(slug: str) -> dict[str, str]:
    """The placeholders that an assignment fills: questions with a solution cell of their own, and their reference solutions."""
    questions = attacked(slug)
    code = source.solutions(slug)
    named = {"question": questions[0], "second": questions[1 % len(questions)], "last": questions[-1]}
    words = named | {"slug": slug, "n": str(len(source.points(slug))), "five_megabytes": "y" * 5_000_000,
                     "two_million_characters": "#" * 2_000_000, "hundred_thousand_cells": ",".join(["{}"] * 100_000)}
    return words | {("solution" if k == "question" else f"{k}_solution"): code.get(q, "") for k, q in named.items()}


def fill(value: Any, words: Mapping[str, str]) -> Any:
    """A value of the data with <<name>> replaced in all its texts. Raises KeyError for an unknown name."""
    if isinstance(value, str):
        return PLACEHOLDER.sub(lambda found: str(words[found[1]]), value)
    if isinstance(value, list):
        return [fill(v, words) for v in value]
    if isinstance(value, dict):
        return {fill(k, words): fill(v, words) for k, v in value.items()}
    return value


def notebook(entry: Entry, slug: str, places: Mapping[str, str]) -> dict:
    """The entry's notebook for an assignment, as plain JSON; places: what the surroundings fill in."""
    data = fill(dict(entry.data), _words(slug) | dict(places))
    nb = json.loads(nbformat.writes(source.skeleton(slug)))
    for cell in nb["cells"]:
        cell["source"] = "".join(cell["source"])
    code = source.solutions(slug)
    changed = data.get("solutions", {})
    for cell in select(nb, "solutions"):
        key = cell["metadata"]["nbgrader"]["grade_id"]
        cell["source"] = changed.get(key, code[key] if data.get("base", "solution") == "solution" else cell["source"])
    for extra in data.get("cells", []):
        _insert(nb, extra)
    if entry.kind == "hostile":
        nb["cells"].insert(0, _cell("code", PRELUDE))
    for operation in data.get("operations", []):
        OPERATIONS[operation["do"]](nb, **{k: v for k, v in operation.items() if k != "do"})
    return nb


def write(entry: Entry, slug: str, places: Mapping[str, str], folder: Path) -> Path:
    """Write the entry's submission, <slug>.ipynb, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{slug}.ipynb"
    file = fill(dict(entry.data.get("file", {})), _words(slug) | dict(places))
    if "size" in file:
        with open(path, "wb") as made:
            made.truncate(file["size"])              # a sparse file: zeros that take no room on the disk
        return path
    if "hex" in file:
        path.write_bytes(bytes.fromhex(file["hex"]))
        return path
    text = json.dumps(notebook(entry, slug, places), indent=1, ensure_ascii=file.get("ascii", False))
    text = file.get("text", text)
    if "repeat" in file:
        text = file["repeat"] * file["times"]
    if file.get("newline") == "crlf":
        text = text.replace("\n", "\r\n")
    content = text.encode(file.get("encoding", "utf-8"), "surrogatepass")
    path.write_bytes(content[: int(len(content) * file.get("part", 1))])
    return path


def _cell(kind: str, text: str) -> dict:
    cell: dict = {"cell_type": kind, "metadata": {}, "source": text}
    return cell | {"outputs": [], "execution_count": None} if kind == "code" else cell


def _insert(nb: dict, extra: dict) -> None:
    """Put an extra cell before or after the cells that `at` names, or at the start or end."""
    where, _, target = extra.get("at", "before first solution").partition(" ")
    made = _cell(extra.get("type", "code"), extra["text"])
    if where in ("start", "end"):
        nb["cells"].insert(0 if where == "start" else len(nb["cells"]), made)
        return
    for cell in select(nb, target):
        at = next(i for i, c in enumerate(nb["cells"]) if c is cell)
        nb["cells"].insert(at + (where == "after"), dict(made))


def differences(entry: Entry, slug: str, graded: Any, places: Mapping[str, str],
                dependents: Mapping[str, frozenset[str]] = MappingProxyType({})) -> list[str]:
    """What of a grade is not as the entry expects: statuses, score, words of a message. Empty: all is well.

    graded: a `grading.Graded`, or the rejecting error.
    dependents: by question, those that lose points with it, as their solution calls it; they may have any status
      where that question is attacked.
    """
    expect = fill(dict(entry.expect), _words(slug) | dict(places))
    if "rejected" in expect:
        said = str(graded) if isinstance(graded, Exception) else "it was graded"
        return [] if expect["rejected"] in said and isinstance(graded, Exception) else [f"not rejected as expected: {said}"]
    if isinstance(graded, Exception):
        return [f"rejected: {graded}"]
    others = expect.get("others", "passed" if entry.data.get("base", "solution") == "solution" else "missing")
    wrong, low, high = [], 0.0, 0.0
    named = expect.get("questions", {})
    shaken = {d for q in [*named, *entry_solutions(entry, slug)] for d in dependents.get(q, ())} - set(named)
    for verdict in graded.verdicts:
        allowed = named.get(verdict.question, STATUSES if verdict.question in shaken else others)
        allowed = [allowed] if isinstance(allowed, str) else allowed
        if verdict.status not in allowed:
            wrong.append(f"{verdict.question} is {verdict.status}, not {' or '.join(allowed)}: {verdict.report()[:600]}")
        low += verdict.points if allowed == ["passed"] else 0
        high += 0 if set(allowed) <= NO_POINTS else verdict.points
        words = expect.get("says", {}).get(verdict.question, "")
        if words not in verdict.report():
            wrong.append(f"{verdict.question} does not say '{words}': {verdict.report()[:600]}")
        odd = {c for c in verdict.report() if not c.isprintable() and c != "\n"}
        if odd:
            wrong.append(f"the report of {verdict.question} has control characters: {sorted(odd)}")
    if len(graded.verdicts) != len(source.points(slug)):
        wrong.append(f"{len(graded.verdicts)} questions were scored")
    if not low <= graded.score <= high:
        wrong.append(f"the score is {graded.score}, not between {low} and {high}")
    return wrong


def entry_solutions(entry: Entry, slug: str) -> list[str]:
    """The solution cells that an entry replaces."""
    return list(fill(dict.fromkeys(entry.data.get("solutions", {}), ""), _words(slug)))


def leaks(entry: Entry, text: str, places: Mapping[str, str]) -> list[str]:
    """What must not stand in a text that the student's code produced: a success, a canary, an entry's own marks."""
    marks = [ESCAPED, places.get("canary", ESCAPED), *fill(entry.expect.get("leaks", []), places)]
    found = [mark for mark in marks if mark in text]
    if ESCAPED in found:
        found.append(text[text.index(ESCAPED):][:200])
    return found
