"""An assignment as the grader sees it: a folder with a notebook in text form, questions, references.

Its jobs:
- find the folder of an assignment by its slug, in a checkout or in an installed package;
- load its `questions.py` (what is asked; needed where the student's code runs) and its
  `references.py` (the answers; needed only where the verdict is made);
- define the two words that every assignment uses: `Case` and `Outcome`.
"""

import importlib.util
import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import Any

import numpy as np

from autograder.errors import UserError

_LOADING = RLock()
SLUG = re.compile(r"[a-z][a-z0-9_]*\Z")


@dataclass(frozen=True)
class Case:
    """One thing that a question asks.

    title: what a student reads, with the input in it.
    ask: takes what the check passes of the student's, mostly one function; returns numbers, arrays, strings, or
      lists and dicts of them.
    inputs: what the reference needs to know of this case.
    seconds: processor time after which the case counts as not answered; None where only the cell's time counts.
    """

    title: str
    ask: Callable[..., Any]
    inputs: Mapping[str, Any] = field(default_factory=dict)
    seconds: float | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one case: passed or not, and the three lines that explain it."""

    passed: bool
    came: str = ""
    expected: str = ""
    hint: str = ""
    untouched: bool = False


def assignments_folder() -> Path:
    """Where the assignments lie: $AUTOGRADER_ASSIGNMENTS, the checkout, or the installed package."""
    here = Path(__file__).resolve().parent
    named = os.environ.get("AUTOGRADER_ASSIGNMENTS")
    places = [Path(named)] if named else [here.parent / "assignments", here / "assignments"]
    for place in places:
        if place.is_dir():
            return place
    raise UserError(f"No assignments found in {' or '.join(map(str, places))}: "
                    "run from a clone of the course, or set AUTOGRADER_ASSIGNMENTS to its assignments/ folder.")


def slugs() -> list[str]:
    """All assignments that there are: the folders that hold a questions.py."""
    return sorted(p.parent.name for p in assignments_folder().glob("*/questions.py"))


def folder(slug: str) -> Path:
    """The folder of one assignment. Raises UserError for a slug that names none."""
    known = slugs()
    if slug not in known or not SLUG.match(slug):
        raise UserError(f"There is no assignment '{slug}': the assignments are {', '.join(known)}.")
    return assignments_folder() / slug


def text(slug: str) -> str:
    """The assignment's notebook as text; in an installed package, without its solutions."""
    path = folder(slug) / f"{slug}.md"
    if not path.is_file():
        raise UserError(f"{path} is missing: an assignment needs its notebook as text, named like its folder.")
    return path.read_text(encoding="utf-8")


def load(slug: str, part: str) -> ModuleType:
    """Import `questions` or `references` of an assignment, once per process and folder."""
    path = folder(slug) / f"{part}.py"
    name = f"autograder_assignments_{slug}_{part}"
    with _LOADING:                      # or another thread would see a module half loaded
        module = sys.modules.get(name)
        if module is None or Path(module.__file__) != path:
            spec = importlib.util.spec_from_file_location(name, path)
            module = importlib.util.module_from_spec(spec)
            sys.modules[name] = module
            try:
                spec.loader.exec_module(module)
            except BaseException:
                del sys.modules[name]
                raise
        return module


def split(question: str) -> tuple[str, str]:
    """Take "slug/question" apart; raises UserError, naming the known ones, if either does not exist."""
    slug, _, name = question.partition("/")
    known = load(slug, "questions").QUESTIONS if slug in slugs() else None
    if known is None:
        folder(slug)
    if name not in known:
        raise UserError(f"'{slug}' has no question '{name}': its questions are {', '.join(known)}.")
    return slug, name


def hand_written(slug: str) -> frozenset[str]:
    """The questions of an assignment whose derivative is to be written by hand: HAND_WRITTEN of its questions.py."""
    return frozenset(getattr(load(slug, "questions"), "HAND_WRITTEN", ()))


@lru_cache(maxsize=64)
def cases(slug: str, name: str, seed: int) -> tuple[Case, ...]:
    """The cases of a question for a seed: the same list wherever and whenever it is made."""
    return tuple(load(slug, "questions").QUESTIONS[name](np.random.default_rng(seed)))
