"""The verdict on one question: answers in, score and explanation out.

Runs in the grader's process (or, for practice, on the student's machine). What comes in is data
from a stranger: it is decoded strictly, compared with references, and never executed.
"""

import math
import textwrap
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from autograder import assignment, compare, wire
from autograder.assignment import Outcome
from autograder.errors import NotGradable

SHOWN = 3                       # failed cases that a report explains
TRACED = "a derivative transform, or what could hide one"
STATUSES = ("passed", "partial", "failed", "missing", "timeout", "crashed", "not gradable")


@dataclass(frozen=True)
class Verdict:
    """The result of one question. `score` and `points` are in points; status is one of STATUSES."""

    question: str
    score: float
    points: float
    status: str
    summary: str
    outcomes: tuple[tuple[str, Outcome], ...] = ()

    def scaled(self, points: float) -> "Verdict":
        """The same verdict where the question is worth `points`."""
        share = self.score / self.points if self.points else 0.0
        return replace(self, score=round(share * points, 4), points=points)

    @property
    def mark(self) -> str:
        """One character for the status."""
        return {"passed": "✓", "partial": "◐"}.get(self.status, "✗")

    def report(self) -> str:
        """The text that a student reads: what failed, what came, what was expected, and a hint."""
        lines = [f"{self.mark} {self.question}: {self.summary}"]
        shown, more = self.shown()
        for title, outcome in shown:
            lines.append(_wrapped("  Not right: ", title))
            lines += [_wrapped(f"    {label:<11}", text) for label, text in
                      (("what came", outcome.came), ("expected", outcome.expected), ("hint", outcome.hint)) if text]
        if more:
            lines.append(f"  … and {more} more. Mend these first; the rest often follow.")
        return printable("\n".join(lines))

    def shown(self) -> tuple[list[tuple[str, Outcome]], int]:
        """The failed cases that a report explains, by their title, and how many there are beside them."""
        failed = [(title, o) for title, o in self.outcomes if not o.passed]
        # One case for each cause; where no cause is known, one for each answer.
        distinct = list({o.hint or o.came: (title, o) for title, o in reversed(failed)}.values())[::-1]
        distinct.sort(key=lambda case: not case[1].hint)        # a known cause helps more than one answer more
        return distinct[:SHOWN], len(failed) - min(len(distinct), SHOWN)

    def as_dict(self) -> dict:
        """The same as plain data; of the cases, only those that a report shows."""
        shown, more = self.shown()
        return {"name": self.question, "score": self.score, "max_score": self.points, "status": self.status,
                "summary": self.summary, "more": more,
                "cases": [{"title": title, "came": o.came, "expected": o.expected, "hint": o.hint} for title, o in shown]}


def judge(slug: str, name: str, answers: str, seed: int) -> Verdict:
    """Compare a question's packed answers with the references.

    Returns: a Verdict worth 1 point in all; see `Verdict.scaled`.
    Raises: NotGradable when a reference fails, which is never the student's fault.
    """
    try:
        asked = assignment.cases(slug, name, seed)
        reference = assignment.load(slug, "references").REFERENCES[name]
    except Exception as error:
        raise NotGradable(f"{slug}/{name}: {type(error).__name__}: {error}") from error
    try:
        got = wire.unpack(answers)
    except wire.Malformed as error:
        return without_answers(name, f"the answers could not be read: {error}")
    if len(got) != len(asked):
        return without_answers(name, f"{len(got)} answers came to {len(asked)} cases")
    outcomes = [(case.title, _judge_case(case, answer, reference)) for case, answer in zip(asked, got)]
    if any(_was_traced(answer) for answer in got):
        why = next((o.hint for _, o in outcomes if o.came == TRACED and o.hint), "this question asks for a derivative "
                   "written by hand, and a derivative transform (such as jax.grad) was used")
        return Verdict(name, 0.0, 1.0, "failed", f"0 points: {why}.", tuple(outcomes))
    if all(o.untouched for _, o in outcomes):
        return Verdict(name, 0.0, 1.0, "missing", "not written yet: replace the line "
                       "`raise NotImplementedError()` by your own code.")
    passed = sum(o.passed for _, o in outcomes)
    status = "passed" if passed == len(outcomes) else "partial" if passed else "failed"
    return Verdict(name, passed / len(outcomes), 1.0, status,
                   f"{passed} of {len(outcomes)} cases right.", tuple(outcomes))


def rehearse(slug: str, seeds: Mapping[str, int]) -> None:
    """Call every reference once, so that JAX has compiled them when answers come; what goes wrong shows then, too.

    seeds: by question.
    """
    for name, seed in seeds.items():
        with suppress(Exception):
            for case in assignment.cases(slug, name, seed):
                assignment.load(slug, "references").REFERENCES[name](case.inputs, math.nan)


def without_answers(name: str, why: str, status: str = "missing") -> Verdict:
    """The verdict where no answers came: zero points, and why."""
    return Verdict(name, 0.0, 1.0, status, f"no points: {printable(' '.join(why.split()))}")


def printable(text: str) -> str:
    """Text with a mark in place of what moves a cursor, turns the direction of writing, or is no character at all."""
    return text if text.isprintable() else "".join(c if c.isprintable() or c in "\n\t\xa0" else "�" for c in text)


def _judge_case(case, answer, reference) -> Outcome:
    if said := compare.exception(answer):
        return _exception(said, answer["raised"])
    try:
        value = wire.decode(answer["value"] if isinstance(answer, dict) else None)
    except (wire.Malformed, KeyError) as error:
        return Outcome(False, came=f"something that is no answer ({error})", expected="a number or an array")
    try:
        return reference(case.inputs, value)
    except Exception as error:
        raise NotGradable(f"{case.title}: {type(error).__name__}: {error}") from error


def _exception(said: str, raised: dict) -> Outcome:
    if raised.get("type") == "NotImplementedError":
        return Outcome(False, came="NotImplementedError", hint="this cell still waits for your code", untouched=True)
    if raised.get("type") == "Traced":
        return Outcome(False, came=TRACED, hint=str(raised.get("message", ""))[:500])
    return Outcome(False, came=said, expected="an answer without an exception")


def _was_traced(answer) -> bool:
    if not isinstance(answer, dict):
        return False
    raised = answer.get("raised")
    if isinstance(raised, dict) and raised.get("type") == "Traced":
        return True
    value = answer.get("value")
    return isinstance(value, dict) and isinstance(value.get("map"), dict) and value["map"].get("traced") is True


def _wrapped(label: str, text: str) -> str:
    """A line of a report, folded where it would run off a page."""
    return textwrap.fill(text, 92, initial_indent=label, subsequent_indent=" " * len(label), break_long_words=False)

