"""A page for the instructor: how an assignment went, by question.

It is made of the feedback that was written, so that it says what the students read. It lies beside
the feedback folder, not in it: nothing of it is ever released to a student.
"""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from autograder import feedback, source
from autograder.course import Course
from autograder.errors import UserError
from autograder.files import write_whole

BINS = 10
UNANSWERED = ("missing", "timeout", "crashed")


@dataclass(frozen=True)
class Question:
    """How a class did on one question. `counts` has the submissions by share of the points, in BINS bins."""

    name: str
    points: float
    solved: int
    answered: int
    mean: float
    counts: tuple[int, ...]
    failure: str                        # the commonest message, empty where nobody failed
    failed_so: int
    example: str


def path(course: Course, slug: str) -> Path:
    """Where the report of an assignment is."""
    return course.root / "class_report" / f"{slug}.html"


def write(course: Course, slug: str) -> Path:
    """Write the report of an assignment from the feedback that is there. Raises UserError where it cannot be written."""
    target = path(course, slug)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, page(course, slug))
    except OSError as error:
        raise UserError(f"{target}: the class report cannot be written ({error.strerror}). All scores and feedback are recorded; "
                        "make room, or the folder writable, and run the same command again.") from None
    return target


def reports(course: Course, slug: str) -> dict[str, dict]:
    """By student, the JSON of the feedback on an assignment; only of those who have a submission."""
    found = {}
    for student in course.submissions(slug):
        file = feedback.path(course, slug, student).with_suffix(".json")
        if file.is_file():
            found[student] = json.loads(file.read_text(encoding="utf-8"))
    return found


def questions(found: dict[str, dict], points: dict[str, float]) -> list[Question]:
    """The class's result by question, in the order of the notebook."""
    return [_question(name, most, [q for r in found.values() for q in r["questions"] if q["name"] == name])
            for name, most in points.items()]


def _question(name: str, most: float, answers: list[dict]) -> Question:
    shares = [q["score"] / q["max_score"] for q in answers if q["max_score"]]
    # One voice a submission for each message; the summary where no case says more. That a cell is untouched is
    # counted elsewhere, and shown only where nothing else went wrong.
    said: Counter = Counter()
    examples: dict[str, str] = {}
    failed = [q for q in answers if q["score"] < q["max_score"]]
    for q in [q for q in failed if q["status"] != "missing"] or failed:
        messages = {case["hint"] or _in_short(case): case["title"] for case in q["cases"]} or {q["summary"]: ""}
        said.update(messages.keys())
        for message, title in messages.items():
            examples.setdefault(message, title)
    message, count = said.most_common(1)[0] if said else ("", 0)
    return Question(name, most, sum(s >= 1 for s in shares), sum(q["status"] not in UNANSWERED for q in answers),
                    most * sum(shares) / len(shares) if shares else 0.0, histogram(shares), message, count, examples.get(message, ""))


def _in_short(case: dict) -> str:
    return f"{case['came']} came, expected: {case['expected']}" if case["expected"] else case["came"]


def histogram(shares: list[float]) -> tuple[int, ...]:
    """How many shares of the points, from 0 to 1, lie in each of BINS bins; full marks are in the last one."""
    counts = [0] * BINS
    for share in shares:
        counts[min(BINS - 1, max(0, int(share * BINS + 1e-9)))] += 1
    return tuple(counts)


def page(course: Course, slug: str) -> str:
    """The HTML page of an assignment."""
    found, most = reports(course, slug), source.points(slug)
    shares = {student: r["score"] / r["max_score"] if r["max_score"] else 0.0 for student, r in found.items()}
    students = [{"name": s, "score": feedback.points(r["score"]), "share": round(100 * shares[s]),
                 "href": f"../feedback/{s}/{slug}/{slug}.html"} for s, r in sorted(found.items())]
    return feedback.template("class_report.html").render(
        title=slug.replace("_", " ").capitalize(), students=students, questions=questions(found, most), bars=bars(histogram(list(shares.values()))),
        most=feedback.points(sum(most.values())), mean=feedback.points(sum(r["score"] for r in found.values()) / len(found)) if found else "–",
        ungraded=sorted(set(course.submissions(slug)) - set(found)), short=feedback.points, inline=feedback.inline)


def bars(counts: tuple[int, ...]) -> list[dict]:
    """The bars of the plot: percent from and to, how many, and height from 0 to 100."""
    most = max([*counts, 1])
    return [{"from": 100 * k // BINS, "to": 100 * (k + 1) // BINS, "count": n, "height": round(100 * n / most)} for k, n in enumerate(counts)]
