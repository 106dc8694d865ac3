"""Grade a whole class: what changed is executed in a pool, judged here, and recorded one by one.

A submission that cannot be read or graded never stops the others, and keeps no score of an older
one. Each is recorded in steps that can be repeated: the autograded notebook, the gradebook, the
feedback, and last the journal. Killed at any moment and run again, the end is the same.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from autograder import class_report, database, feedback, grading, journal, source
from autograder.course import Course
from autograder.errors import NotGradable, UserError
from autograder.execute import CELL_SECONDS
from autograder.gradebook import Writer, writer
from autograder.grading import Graded, Work
from autograder.lock import alone
from autograder.pool import Pool, pool
from autograder.sandbox import tiers


@dataclass(frozen=True)
class Row:
    """One line of the result: `state` is graded, unchanged or rejected; `error` says why.

    before: the score that was recorded, where one was; sandbox: what the submission ran in.
    """

    student: str
    assignment: str
    state: str
    score: float | None = None
    max_score: float | None = None
    before: float | None = None
    error: str = ""
    sandbox: str = ""
    questions: list[dict] = field(default_factory=list)

    def as_dict(self) -> dict:
        return {"student": self.student, "assignment": self.assignment, "status": self.state, "score": self.score,
                "max_score": self.max_score, "error": self.error, "sandbox": self.sandbox, "questions": self.questions}


@dataclass(frozen=True)
class Settings:
    """How to grade.

    workers: kernels at a time; dry_run: write nothing; cell_seconds: wall time for one cell;
    tier: the sandbox ("none" for none at all, None for the best); cluster: the address of a
    scheduler, whose workers run the kernels in place of this machine.
    """

    workers: int = 2
    dry_run: bool = False
    cell_seconds: int = CELL_SECONDS
    tier: str | None = None
    cluster: str | None = None


def grade(course: Course, slug: str, students: Sequence[str] = (), settings: Settings = Settings(),
          tell: Callable[[Row, int, int], None] = lambda *_: None, note: Callable[[str], None] = lambda _: None) -> list[Row]:
    """Grade every submission of an assignment that changed since it was last graded.

    Args:
      students: only these; all where empty.
      tell: called with each finished row, how many are done, and how many there are.
      note: called with a remark for the person who waits.
    Raises: UserError for an unknown slug, a folder that is no course directory, an unknown student;
      UserError or OSError for what stops everything: no sandbox, no gradebook, no room on the disk.
    """
    source.points(slug)
    course.require_handout(slug)
    found = course.submissions(slug)
    if not found:
        raise UserError(f"{course.submitted}: nobody handed in '{slug}'. "
                        f"Put notebooks at submitted/<student>/{slug}/{slug}.ipynb.")
    missing = sorted(set(students) - set(found))
    if missing:
        raise UserError(f"{course.submitted}: no submission of '{slug}' by {', '.join(missing)}.")
    wanted = {s: p for s, p in found.items() if not students or s in students}
    rows = []
    with ExitStack() as stack:
        book = None
        if not settings.dry_run:
            stack.enter_context(alone(course.private / "lock", note))
            book = stack.enter_context(writer(course, slug))
        for row in _Run(course, slug, wanted, settings, book).rows():
            rows.append(row)
            tell(row, len(rows), len(wanted))
        if book:
            class_report.write(course, slug)
    return sorted(rows, key=lambda row: row.student)


class _Run:
    """One run over an assignment's submissions; book: where to write, None for a dry run."""

    def __init__(self, course: Course, slug: str, wanted: dict[str, Path], settings: Settings, book: Writer | None):
        self.course, self.slug, self.wanted, self.settings, self.book = course, slug, wanted, settings, book
        self.secret, self.past = course.secret(keep=book is not None), journal.Journal(course.private)
        unsafe = "none" in (settings.tier, os.environ.get(tiers.VARIABLE))
        surroundings = journal.surroundings(slug, self.secret, seconds=settings.cell_seconds, unsafe=unsafe)
        self.hashes = {student: journal.submission_hash(path) for student, path in wanted.items()}
        self.keys = {student: journal.key(found, surroundings) for student, found in self.hashes.items()}
        self.recorded = book.scores() if book else database.scores(course, slug)

    def rows(self) -> Iterator[Row]:
        changed = []
        for student in self.wanted:
            if self._is_recorded(student):
                yield self._row(student, "unchanged", self.past.last(student, self.slug)["result"])
            else:
                changed.append(student)
        if changed:
            with pool(self.settings.workers, self.settings.cluster, self.settings.tier) as workers:
                for student, future in workers.results(changed, lambda student: self._submit(student, workers)):
                    yield self._settle(student, self._outcome(student, future))

    def _is_recorded(self, student: str) -> bool:
        """Whether this very submission was settled, and what the journal says of it is there."""
        last = self.past.last(student, self.slug)
        if not last or last["key"] is None or last["key"] != self.keys[student]:
            return False
        score = last["result"]["score"]
        if score is None:               # rejected: then nothing must be there
            return student not in self.recorded
        return (abs(self.recorded.get(student, -1) - score) < 1e-6
                and (self.course.autograded / student / self.slug / f"{self.slug}.ipynb").is_file()
                and feedback.path(self.course, self.slug, student).is_file())

    def _submit(self, student: str, workers: Pool) -> Future:
        """A future of what its kernel answers; of a UserError where it cannot be read."""
        settled: Future = Future()
        try:
            work = grading.prepare(self.wanted[student], self.secret, self.slug, self.settings.cell_seconds, self.settings.tier)
        except UserError as error:
            settled.set_result(error)
        except Exception as error:
            settled.set_exception(error)
        else:
            return workers.executor.submit(Work.execute, work)
        return settled

    def _outcome(self, student: str, future: Future) -> Graded | UserError | NotGradable:
        """Its verdicts, or why there are none: a UserError where it is the submission's fault, else NotGradable."""
        try:
            executed = future.result()
            if isinstance(executed, UserError):
                return executed
            graded = grading.judge(self.slug, executed, self.secret)
        except Exception as error:
            return NotGradable(f"{type(error).__name__}: {error}")
        broken = [v.summary for v in graded.verdicts if v.status == "not gradable"]
        return NotGradable("; ".join(broken)) if broken else graded

    def _settle(self, student: str, outcome: Graded | UserError | NotGradable) -> Row:
        """Record what became of one; the journal's line comes last."""
        last = self.past.last(student, self.slug)
        before = last["result"]["score"] if last else None
        if isinstance(outcome, Graded) and self.book:
            try:
                marks = self.book.record(student, outcome)
                feedback.write(self.course, self.slug, student, outcome.notebook, marks)
            except NotGradable as error:
                outcome = error
        if isinstance(outcome, Graded):
            result = outcome.as_dict()
        else:
            ours = isinstance(outcome, NotGradable)
            kept = ours and self._belongs(student, last)
            result = {"score": None, "error": self._why(student, outcome, before, kept)}
            if kept:
                return self._row(student, "rejected", result, before)
            if self.book:
                self.book.reject(student)
        key = None if isinstance(outcome, NotGradable) else self.keys[student]      # with None it is tried again
        line = {"submission": self.hashes[student], "key": key, "result": result}
        if self.book and not (last and line.items() <= last.items()):
            self.past.append(student, self.slug, **line)
        return self._row(student, "graded", result, before)

    def _belongs(self, student: str, last: dict | None) -> bool:
        """Whether the score that is recorded was made of this very submission."""
        return bool(last and last["result"]["score"] is not None and last["submission"] == self.hashes[student] is not None
                    and abs(self.recorded.get(student, -1) - last["result"]["score"]) < 1e-6)

    def _why(self, student: str, error: UserError | NotGradable, before: float | None, kept: bool) -> str:
        why = str(error)
        if isinstance(error, NotGradable):
            why = f"{self.wanted[student]}: not gradable, by a fault of the grader or the machine: {why} Mend it and grade again."
        if kept:
            return f"{why} The score of this same file ({before:g}) stays."
        if before is not None:
            return f"{why} The score of an older file ({before:g}) {'was' if self.book else 'would be'} taken away."
        return why

    def _row(self, student: str, state: str, result: dict, before: float | None = None) -> Row:
        return Row(student, self.slug, "rejected" if result.get("error") else state, result["score"], result.get("max_score"),
                   before, result.get("error", ""), result.get("sandbox", ""), result.get("questions", []))
