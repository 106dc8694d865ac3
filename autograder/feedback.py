"""The page that a student reads after grading, and the same as JSON.

It is made of the autograded notebook and of what a person added in the gradebook; of outputs only
what the verdict says, as they could carry hidden inputs. Nothing of the student's is markup.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import jinja2
from markupsafe import Markup, escape
from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from autograder import source
from autograder.course import Course
from autograder.errors import UserError
from autograder.files import carry_exchange_files, write_whole
from autograder.verdict import printable

MAX_CODE = 20_000                       # characters of one cell that a page shows
WORDS = {"passed": "✓ Right", "partial": "◐ Partly right", "failed": "✗ Not right yet", "missing": "✗ No answer",
         "timeout": "✗ Took too long", "crashed": "✗ Its kernel died", "not gradable": "✗ Not gradable"}


@dataclass(frozen=True)
class Marks:
    """What the gradebook says of one submission: scores and comments by grade id, points off for lateness."""

    scores: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    comments: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    penalty: float = 0.0


def path(course: Course, slug: str, student: str) -> Path:
    """Where the page of a submission is: where nbgrader's release step looks for it."""
    return course.feedback / student / slug / f"{slug}.html"


def write(course: Course, slug: str, student: str, nb: NotebookNode, marks: Marks = Marks()) -> Path:
    """Write page and JSON of one submission. Raises UserError where they cannot be written."""
    html, report = path(course, slug, student), contents(nb, student, marks)
    try:
        html.parent.mkdir(parents=True, exist_ok=True)
        carry_exchange_files(course.autograded / student / slug, html.parent)       # nbgrader's release step reads them there
        write_whole(html.with_suffix(".json"), json.dumps(report, indent=1) + "\n")
        write_whole(html, page(nb, report))
    except OSError as error:
        raise UserError(f"{html}: the feedback cannot be written ({error.strerror}). Make room, or the folder writable, and run "
                        "the same command again; the score is recorded.") from None
    return html


def contents(nb: NotebookNode, student: str, marks: Marks = Marks()) -> dict:
    """The report as plain data: student, assignment, score, max_score, penalty, questions."""
    questions, ids = [], []
    for cell in nb.cells:
        ids.append(source.grade_id(cell))
        if not source.is_graded(cell) or "autograder" not in cell.metadata:
            continue
        verdict = json.loads(json.dumps(cell.metadata["autograder"]))
        score = marks.scores.get(source.grade_id(cell), verdict["score"])
        comments = [marks.comments[i] for i in ids if i and marks.comments.get(i)]
        questions.append(verdict | {"score": score, "changed": score != verdict["score"], "comments": comments})
        ids = []
    total = sum(q["score"] for q in questions) - marks.penalty
    return _clean({"student": student, "assignment": nb.metadata.get("autograder", {}).get("assignment", ""),
                   "score": round(total, 4), "max_score": sum(q["max_score"] for q in questions),
                   "penalty": marks.penalty, "questions": questions})


def page(nb: NotebookNode, report: dict) -> str:
    """The HTML page of a report; nb: its notebook, for the student's code."""
    code, extra = _code(nb)
    questions = [q | {"words": WORDS[q["status"]], "summary": inline(q["summary"][:1].upper() + q["summary"][1:]),
                      "score": points(q["score"]), "max_score": points(q["max_score"]), "code": code.get(q["name"], []), "cases": [_case(c) for c in q["cases"]]} for q in report["questions"]]
    return template("feedback.html").render(
        student=report["student"], title=report["assignment"].replace("_", " ").capitalize(), score=points(report["score"]),
        max_score=points(report["max_score"]), penalty=points(report["penalty"]) if report["penalty"] else "",
        questions=questions, extra=extra, start=_start(report["questions"]))


def _start(questions: list[dict]) -> str:
    """Where things stand, and what to do first."""
    open_ones = [q for q in questions if q["status"] != "passed"]
    if not open_ones:
        return "Every question is right."
    first = next((q for q in open_ones if q["status"] != "missing"), open_ones[0])
    told = ("each box below says which input failed, what came, and what was expected" if first["cases"]
            else "below, it says why there are no points yet")
    return f"{len(questions) - len(open_ones)} of {len(questions)} questions are right. Go on with {first['name']}: {told}."


def _case(case: dict) -> dict:
    labels = (("What came", "came"), ("Expected", "expected"), ("Hint", "hint"))
    return {"title": case["title"], "lines": [(label, inline(case[key])) for label, key in labels if case[key]]}


def points(value: float) -> str:
    return f"{round(value, 2):g}"


def inline(text: str) -> Markup:
    """A text with what stands between backticks shown as code; all else in it is plain."""
    return Markup(re.sub(r"`([^`\n]+)`", r"<code>\1</code>", str(escape(text))))


def _code(nb: NotebookNode) -> tuple[dict[str, list[Markup]], int]:
    """By question, the student's solution cells, highlighted; and how many cells the student added."""
    found = {q: [_highlighted(nb.cells[i].source) for i in places] for q, places in source.solution_cells(nb).items()}
    known = _handout_cells(nb.metadata["autograder"]["assignment"])
    return found, sum(c.cell_type == "code" and source.grade_id(c) is None and c.source not in known for c in nb.cells)


@lru_cache
def _handout_cells(slug: str) -> frozenset[str]:
    return frozenset(c.source for c in source.skeleton(slug).cells)


def _highlighted(code: str) -> Markup:
    cut = len(code) > MAX_CODE
    html = highlight(_clean(code[:MAX_CODE]), PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
    return Markup(html) + (f"… and {len(code) - MAX_CODE} more characters" if cut else "")


def _clean(value):
    """Text without control characters and lone surrogates, also inside dicts and lists."""
    if isinstance(value, dict):
        return {_clean(k): _clean(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_clean(v) for v in value]
    return printable(value) if isinstance(value, str) else value


@lru_cache
def template(name: str) -> jinja2.Template:
    """A page's template; what is filled in is escaped."""
    loader = jinja2.FileSystemLoader(Path(__file__).resolve().parent / "templates")
    return jinja2.Environment(loader=loader, autoescape=True).get_template(name)
