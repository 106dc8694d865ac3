"""Grade a whole class: what changed is executed in a pool, judged here, and recorded one by one.

A submission that cannot be read or graded never stops the others, and never touches the gradebook.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field

from autograder import grading, journal, source
from autograder.course import Course
from autograder.errors import UserError
from autograder.execute import CELL_SECONDS, Executed


@dataclass(frozen=True)
class Row:
    """One line of the result: `state` is graded, unchanged or rejected; `error` says why."""

    student: str
    assignment: str
    state: str
    score: float | None = None
    max_score: float | None = None
    before: float | None = None
    error: str = ""
    questions: list[dict] = field(default_factory=list)

    def as_dict(self) -> dict:
        return {"student": self.student, "assignment": self.assignment, "status": self.state, "score": self.score,
                "max_score": self.max_score, "error": self.error, "questions": self.questions}


def grade(course: Course, slug: str, students: Sequence[str] = (), workers: int = 2, dry_run: bool = False,
          cell_seconds: int = CELL_SECONDS, tell: Callable[[Row, int, int], None] = lambda *_: None,
          executor: Executor | None = None) -> list[Row]:
    """Grade every submission of an assignment that changed since it was last graded.

    Args:
      students: only these; all where empty.
      workers: kernels at a time; executor: anything of concurrent.futures' shape, in their place.
      dry_run: write nothing.
      tell: called with each finished row, how many are done, and how many there are.
    Raises: UserError for an unknown slug, a folder that is no course directory, an unknown student.
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
    for row in _rows(course, slug, wanted, workers, dry_run, cell_seconds, executor):
        rows.append(row)
        tell(row, len(rows), len(wanted))
    return sorted(rows, key=lambda row: row.student)


def _rows(course, slug, wanted, workers, dry_run, cell_seconds, executor) -> Iterator[Row]:
    secret, past = course.secret(), journal.Journal(course.private)
    surroundings = journal.surroundings(secret)
    keys = {student: journal.key(path, surroundings) for student, path in wanted.items()}
    pool = executor or ThreadPoolExecutor(max_workers=max(1, workers))
    try:
        jobs = {}
        for student, path in wanted.items():
            last = past.last(student, slug)
            if last and last["key"] == keys[student] and _is_recorded(course, slug, student):
                yield Row(student, slug, "unchanged", **_short(last["result"]))
            else:
                jobs[pool.submit(_execute, path, secret, slug, cell_seconds)] = student
        for job in as_completed(jobs):
            student = jobs[job]
            before = (past.last(student, slug) or {}).get("result", {}).get("score")
            try:
                result = _judge(course, slug, student, job.result(), secret, dry_run)
                if not dry_run:
                    past.append(student, slug, keys[student], result)
                yield Row(student, slug, "graded", before=before, **_short(result))
            except UserError as error:
                yield Row(student, slug, "rejected", before=before, error=str(error))
            except Exception as error:  # our fault or the machine's: this one is not graded, the rest are
                yield Row(student, slug, "rejected", before=before,
                          error=f"{wanted[student]}: not gradable: {type(error).__name__}: {error}")
    finally:
        if executor is None:
            pool.shutdown(cancel_futures=True)


def _execute(path, secret: bytes, slug: str, cell_seconds: int) -> Executed:
    return grading.prepare(path, secret, slug, cell_seconds).execute()


def _judge(course: Course, slug: str, student: str, executed: Executed, secret: bytes, dry_run: bool) -> dict:
    graded = grading.judge(slug, executed, secret)
    broken = [v for v in graded.verdicts if v.status == "not gradable"]
    if broken:
        raise UserError(f"{course.submission(student, slug)}: not gradable, by a fault of the grader: "
                        + "; ".join(v.summary for v in broken) + " Nothing was recorded; mend it and grade again.")
    if not dry_run:
        from autograder import gradebook

        gradebook.record(course, student, graded)
        gradebook.write_feedback(course, slug, student)
    return graded.as_dict()


def _is_recorded(course: Course, slug: str, student: str) -> bool:
    return ((course.autograded / student / slug / f"{slug}.ipynb").is_file()
            and (course.feedback / student / slug / f"{slug}.html").is_file())


def _short(result: dict) -> dict:
    return {"score": result["score"], "max_score": result["max_score"], "questions": result["questions"]}
