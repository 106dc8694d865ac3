"""The way of one submission: read, transplanted, executed, judged.

Each step hands a plain value to the next. `grade_notebook` is all of it, with no gradebook in
sight; `autograder check` prints its result, `autograder grade` records it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import nbformat
from nbformat import NotebookNode

from autograder import course, source, trouble, verdict
from autograder.errors import NotGradable, UserError
from autograder.execute import CELL_SECONDS, Executed, execute
from autograder.submission import files_beside, read_submission
from autograder.transplant import transplant
from autograder.verdict import Verdict
from autograder.wire import MIME

Written = list[tuple[NotebookNode, str]]        # a question's solution cells, each with how it ended, "" if well


@dataclass(frozen=True)
class Graded:
    """A judged submission: its notebook with the verdicts in the test cells, and the verdicts."""

    assignment: str
    notebook: NotebookNode
    verdicts: tuple[Verdict, ...]
    sandbox: str = "none"

    @property
    def score(self) -> float:
        return sum(v.score for v in self.verdicts)

    @property
    def max_score(self) -> float:
        return sum(v.points for v in self.verdicts)

    def as_dict(self) -> dict:
        """The result in the shape that `--json` prints."""
        return {"assignment": self.assignment, "score": self.score, "max_score": self.max_score, "sandbox": self.sandbox,
                "questions": [{"name": v.question, "score": v.score, "max_score": v.points, "status": v.status,
                               "message": v.report()} for v in self.verdicts]}


@dataclass(frozen=True)
class Work:
    """What has to be executed for one submission; plain values, so that it travels to any worker."""

    assignment: str
    notebook: NotebookNode
    seeds: Mapping[str, int]
    files: Mapping[str, bytes]
    cell_seconds: int = CELL_SECONDS
    tier: str | None = None

    def execute(self) -> Executed:
        return execute(self.notebook, self.seeds, self.cell_seconds, self.files, self.tier)


def grade_notebook(path: Path, secret: bytes = course.PUBLIC, slug: str | None = None,
                   cell_seconds: int = CELL_SECONDS, tier: str | None = None) -> Graded:
    """Grade one notebook. Raises UserError for what cannot be read."""
    work = prepare(path, secret, slug, cell_seconds, tier)
    known = {q: course.seed(secret, work.assignment, q) for q in source.points(work.assignment)}
    rehearsal = Thread(target=verdict.rehearse, args=(work.assignment, known), daemon=True)
    rehearsal.start()                   # while the kernel runs, which is another process
    executed = work.execute()
    rehearsal.join()
    return judge(work.assignment, executed, secret)


def prepare(path: Path, secret: bytes, slug: str | None = None, cell_seconds: int = CELL_SECONDS,
            tier: str | None = None) -> Work:
    """Read and transplant one notebook. Raises UserError for what cannot be read."""
    slug, submission = read_submission(path, slug)
    try:
        skeleton = source.skeleton(slug)
    except UserError as error:
        raise UserError(f"{path}: it names an assignment that does not exist here. {error}") from None
    nb = transplant(submission, skeleton)
    return Work(slug, nb, seeds(nb, secret), files_beside(Path(path).parent), cell_seconds, tier)


def seeds(nb: NotebookNode, secret: bytes) -> dict[str, int]:
    """By grade id, the seed of every graded cell's question under a secret."""
    return {source.grade_id(c): course.seed(secret, *asked)
            for c in nb.cells if source.is_graded(c) and (asked := source.question_of(c))}


def judge(slug: str, executed: Executed, secret: bytes) -> Graded:
    """Judge every graded cell, and write score and report where nbgrader looks for them."""
    nb, endings, verdicts = executed.notebook, executed.endings, []
    places = source.solution_cells(nb)
    for index, cell in enumerate(nb.cells):
        if source.is_graded(cell) and (asked := source.question_of(cell)):
            written = [(nb.cells[i], endings.get(i, "")) for i in places[asked[1]]]
            result = _judge_cell(asked, cell, endings.get(index, ""), secret, written)
            result = result.scaled(float(cell.metadata["nbgrader"]["points"]))
            cell.metadata["autograder"] = result.as_dict()      # what the feedback page is made of
            cell.outputs = [
                nbformat.v4.new_output("stream", name="stdout", text=result.report() + "\n"),
                # nbgrader reads the score from this text; it must be a plain Python float.
                nbformat.v4.new_output("execute_result", {"text/plain": repr(float(result.score))},
                                          execution_count=cell.execution_count),
            ]
            verdicts.append(result)
        elif cell.cell_type == "code":
            for output in cell.outputs:
                if "data" in output:
                    output.data.pop(MIME, None)
    return Graded(slug, nb, tuple(verdicts), executed.sandbox)


def _judge_cell(asked: tuple[str, str], cell: NotebookNode, ending: str, secret: bytes, written: Written) -> Verdict:
    slug, name = asked
    ending, _, why = ending.partition(": ")
    if ending == "timeout":
        return verdict.without_answers(name, why or "the check did not end in time; is there a loop that never ends?",
                                       "timeout")
    if ending == "crashed":
        return verdict.without_answers(name, why or "the kernel died while this was asked", "crashed")
    bundles = [o.data[MIME] for o in cell.outputs if o.output_type == "display_data" and MIME in o.data]
    if not bundles:
        return verdict.without_answers(name, _why_none(cell, name, written))
    bundle = bundles[-1]
    answers = bundle.get("answers") if isinstance(bundle, dict) else None
    try:
        return verdict.judge(slug, name, answers, course.seed(secret, slug, name))
    except NotGradable as error:
        return Verdict(name, 0.0, 1.0, "not gradable", f"this is a fault of the grader, not yours: {error}")


def _why_none(cell: NotebookNode, name: str, written: Written) -> str:
    error = next((o for o in cell.outputs if o.output_type == "error"), None)
    if error is None:
        return "no answers came"
    if error.ename != "NameError":
        return f"the check ended with {error.ename}: {error.evalue}"
    undefined = f"`{name}` is not defined when the check runs"
    if said := trouble.of_cells(written):
        return f"{undefined}, as the cell above it did not run to its end: {said}."
    if found := trouble.misspelt(name, written):
        return f"{undefined}; the cell above it defines `{found}`."
    return f"{undefined}: is the cell there, does it run without an error, and is the name spelt so? ({error.evalue})"
