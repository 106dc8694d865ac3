"""Put what was handed in where nbgrader expects it: submitted/<student>/<slug>/<slug>.ipynb, and its time beside it.

The newest file of a student counts. What is refused is named with the reason, and left where it is.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path

from autograder import assignment, naming, stamp, submission, submitted
from autograder.arrivals import Arrival, Refused, arrivals
from autograder.course import Course
from autograder.errors import UserError
from autograder.lock import alone
from autograder.submitted import FORMAT, Found, Submitted

STATES = ("collected", "replaced", "unchanged", "older", "refused")


@dataclass(frozen=True)
class Row:
    """What became of one file. `state` is one of STATES; `said` explains it, or warns of something."""

    file: str
    state: str
    student: str = ""
    assignment: str = ""
    time: str = ""
    said: str = ""

    def as_dict(self) -> dict:
        return {"status" if key == "state" else key: value for key, value in asdict(self).items()}


def collect(course: Course, paths: Iterable[Path], slug: str | None = None, own: str | None = None, dry_run: bool = False,
            tell: Callable[[Row], None] = lambda _: None, note: Callable[[str], None] = lambda _: None) -> list[Row]:
    """Put notebooks, those in zips and those in folders, into submitted/; returns a row for each file.

    Args:
      slug: the assignment that all of them are of; None where each says it itself.
      own: a regular expression whose group student_id says whose a path is; then no stamp is asked. Where it is
        None, nbgrader's setting c.FileNameCollectorPlugin.named_regexp counts, if there is one.
      dry_run: write nothing.
      tell: called with each row; note: called with a remark for the person who waits.
    Raises: UserError for a path that is not there, an unknown slug, a folder that is no course directory.
    """
    if slug:
        assignment.folder(slug)
        course.require_handout(slug)
    if not (course.root / "nbgrader_config.py").is_file():
        raise UserError(f"{course.root}: nothing was handed out here. Run `autograder handout` first, or name another course "
                        "directory with --course-dir.")
    own = own or course.config.FileNameCollectorPlugin.get("named_regexp") or None
    paths = list(paths)
    rows = []
    with nullcontext() if dry_run else alone(course.private / "lock", note):
        run = _Run(course, slug, naming.pattern(own) if own else None, dry_run)
        for arrival in arrivals(paths):
            rows.append(run.row(arrival))
            tell(rows[-1])
    return rows


class _Run:
    """One run over what was handed in: the rules by which a file takes its place."""

    def __init__(self, course: Course, slug: str | None, own: re.Pattern | None, dry_run: bool):
        self.course, self.slug, self.own = course, slug, own
        self.submitted, self.now = Submitted(course, dry_run), datetime.now(timezone.utc)

    def row(self, arrival: Arrival | Refused) -> Row:
        """Judge one file, and put it in its place where it has one."""
        if isinstance(arrival, Refused):
            return Row(arrival.label, "refused", said=arrival.why)
        try:
            found = self._read(arrival)
        except UserError as error:
            return Row(arrival.label, "refused", said=str(error).removeprefix(f"{arrival.label}: "))
        state, why = self._judged(found)
        remarks = [why] if why else []
        if state in ("collected", "replaced"):
            if same := self.submitted.same_work(found):
                found.remarks.append(f"Its code is the same as that of {', '.join(same)}.")
            remarks += found.remarks
            self.submitted.put(found, arrival.label)
        return Row(arrival.label, state, found.student, found.slug, f"{found.time:{FORMAT}}", " ".join(remarks))

    def _read(self, arrival: Arrival) -> Found:
        """Whose it is, what it is and from when. Raises UserError for what cannot be taken."""
        data = submission.parsed(arrival.label, arrival.content)
        slug, nb = submission.submitted(arrival.label, data, self.slug)
        assignment.folder(slug)
        self.course.require_handout(slug)
        mark, platform = stamp.read(data), naming.by_platform(arrival.path)
        if self.own:
            named = naming.by_pattern(arrival.path, self.own)
        elif mark:
            named = naming.Named(mark.student_id, platform.sender if platform else "")
        else:
            named = platform or naming.by_own_name(arrival.path, [slug])
        if named is None:
            raise UserError("it does not say whose it is: it has no stamp, and its name is not one that Canvas, Moodle or "
                            f"the last cell of a handout gives" + (", or does not fit your pattern." if self.own else ".")
                            + f" Rename it to {slug}-<student id>.ipynb, or give --pattern.")
        student = stamp.student_id(named.student)
        if other := self.submitted.spelt_otherwise(student):
            raise UserError(f"'{student}' is spelt '{other}' in {self.course.submitted}. Rename one of them.")
        time, remarks = min(arrival.time, self.now), []
        if mark and mark.time <= self.now:
            time = mark.time
        elif mark:
            remarks.append(f"Its stamp is from the future ({mark.time:{FORMAT}}); the file's own date counts.")
        if mark and mark.sources != stamp.hash_sources(data.get("cells", [])):
            remarks.append("Its cells were changed after it was stamped.")
        if platform and platform.late:
            remarks.append("Canvas marked it late.")
        return Found(student, slug, arrival.content, submitted.work(nb, slug), time.replace(microsecond=0), named.sender, remarks)

    def _judged(self, new: Found) -> tuple[str, str]:
        """What becomes of a file, and why."""
        old = self.submitted.held(new.student, new.slug)
        if old is None:
            return "collected", ""
        if old.sender and new.sender and old.sender != new.sender:
            return "refused", (f"'{new.student}' has a submission from {old.sender}, and this one comes from {new.sender}. Ask who "
                               "used the other's student id; then put the right one into its folder.")
        if old.content == submitted.hashed(new.content):
            return "unchanged", "This same file was collected before."
        if old.time > new.time:
            return "older", f"A newer one, of {old.time:{FORMAT}}, is there and stays."
        if old.time == new.time:
            return "refused", f"'{new.student}' has another submission of the same time. Which one counts? Give that one alone."
        return "replaced", f"The one of {old.time:{FORMAT}} was replaced and is kept in {self.submitted.replaced}."
