"""Put what was handed in where nbgrader expects it: submitted/<student>/<slug>/<slug>.ipynb, and its time beside it.

The newest file of a student counts. What it replaces is kept in .autograder/replaced/, and who sent what
is recorded in .autograder/collected.jsonl. What is refused is named with the reason, and left where it is.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder import assignment, naming, source, stamp, submission
from autograder.arrivals import Arrival, Refused, arrivals
from autograder.course import Course
from autograder.errors import UserError
from autograder.files import write_whole
from autograder.lock import alone
from autograder.matching import normal

STATES = ("collected", "replaced", "unchanged", "older", "refused")
FORMAT = "%Y-%m-%d %H:%M:%S UTC"


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


@dataclass
class Held:
    """The submission that a student has: its bytes' hash, its time, who sent it, and a hash of the student's own work."""

    content: str
    time: datetime
    sender: str = ""
    work: str = ""


@dataclass(frozen=True)
class _Found:
    """A notebook of which everything is known that is needed to put it in its place."""

    student: str
    slug: str
    content: bytes
    work: str
    time: datetime
    sender: str
    remarks: list[str] = field(default_factory=list)


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
    for one in [slug] if slug else []:
        assignment.folder(one)
        course.require_handout(one)
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
    """One run: what each student has so far, and the rules by which a file takes its place."""

    def __init__(self, course: Course, slug: str | None, own: re.Pattern | None, dry_run: bool):
        self.course, self.slug, self.own, self.dry_run = course, slug, own, dry_run
        self.record = course.private / "collected.jsonl"
        self.senders = dict(self._recorded())
        self.held: dict[tuple[str, str], Held | None] = {}
        self.now = datetime.now(timezone.utc)

    def row(self, arrival: Arrival | Refused) -> Row:
        if isinstance(arrival, Refused):
            return Row(arrival.label, "refused", said=arrival.why)
        try:
            found = self._read(arrival)
        except UserError as error:
            return Row(arrival.label, "refused", said=str(error).removeprefix(f"{arrival.label}: "))
        state, why = self._judged(found)
        remarks = [why] if why else []
        if state in ("collected", "replaced"):
            remarks += [*found.remarks, *self._same_work(found)]
            self._put(found, arrival.label, state)
        return Row(arrival.label, state, found.student, found.slug, found.time.strftime(FORMAT), " ".join(remarks))

    def _read(self, arrival: Arrival) -> _Found:
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
        student = self._spelt(stamp.student_id(named.student))
        time, remarks = min(arrival.time, self.now), []
        if mark and mark.time <= self.now:
            time = mark.time
        elif mark:
            remarks.append(f"Its stamp is from the future ({mark.time:{FORMAT}}); the file's own date counts.")
        if mark and mark.sources != stamp.hash_sources(data.get("cells", [])):
            remarks.append("Its cells were changed after it was stamped.")
        if platform and platform.late:
            remarks.append("Canvas marked it late.")
        return _Found(student, slug, arrival.content, _work(nb, slug), time.replace(microsecond=0), named.sender, remarks)

    def _spelt(self, student: str) -> str:
        """The same id. Raises UserError where another folder would be the same one on some systems."""
        known = {p.name for p in self.course.submitted.iterdir()} if self.course.submitted.is_dir() else set()
        for other in (known | {name for name, _ in self.held}) - {student}:
            if other.casefold() == student.casefold():
                raise UserError(f"'{student}' is spelt '{other}' in {self.course.submitted}. Rename one of them.")
        return student

    def _judged(self, new: _Found) -> tuple[str, str]:
        """What becomes of a file, and why."""
        old = self._held(new.student, new.slug)
        if old is None:
            return "collected", ""
        if old.content == _hash(new.content):
            return "unchanged", "This same file was collected before."
        if old.sender and new.sender and old.sender != new.sender:
            return "refused", (f"'{new.student}' has a submission from {old.sender}, and this one comes from {new.sender}. Ask who "
                               "used the other's student id; then put the right one into its folder.")
        if old.time > new.time:
            return "older", f"A newer one, of {old.time:{FORMAT}}, is there and stays."
        if old.time == new.time:
            return "refused", f"'{new.student}' has another submission of the same time. Which one counts? Give that one alone."
        return "replaced", f"The one of {old.time:{FORMAT}} was replaced and is kept in {self.course.private / 'replaced'}."

    def _same_work(self, new: _Found) -> list[str]:
        """A remark for each student whose work is the same, letter by letter. Untouched handouts have no work."""
        students = {p.parent.name for p in self.course.submitted.glob(f"*/{new.slug}")}
        students |= {student for student, slug in self.held if slug == new.slug}
        same = [other for other in sorted(students - {new.student})
                if new.work and (held := self._held(other, new.slug)) and held.work == new.work]
        return [f"Its code is the same as that of {', '.join(same)}."] if same else []

    def _held(self, student: str, slug: str) -> Held | None:
        key = student, slug
        if key not in self.held:
            path = self.course.submission(student, slug)
            self.held[key] = None
            if path.is_file():
                content = path.read_bytes()
                self.held[key] = Held(_hash(content), _time(path), self.senders.get(key, ""), _work_of(path, slug, content))
        return self.held[key]

    def _put(self, new: _Found, label: str, state: str) -> None:
        """Write it, unless this is a dry run. Raises OSError."""
        old = self.held.get((new.student, new.slug))
        self.held[new.student, new.slug] = Held(_hash(new.content), new.time, new.sender, new.work)
        if self.dry_run:
            return
        path = self.course.submission(new.student, new.slug)
        path.parent.mkdir(parents=True, exist_ok=True)
        if old:
            kept = self.course.private / "replaced" / new.student / new.slug / f"{old.time:%Y-%m-%dT%H-%M-%SZ}-{old.content[:8]}.ipynb"
            kept.parent.mkdir(parents=True, exist_ok=True)
            write_whole(kept, path.read_bytes())
        stamp_file = path.with_name("timestamp.txt")
        stamp_file.unlink(missing_ok=True)      # or a crash would leave an old time beside a new notebook
        write_whole(path, new.content)
        write_whole(stamp_file, f"{new.time:{FORMAT}}\n")
        line = {"student": new.student, "assignment": new.slug, "sender": new.sender, "file": label, "state": state,
                "time": f"{new.time:{FORMAT}}", "collected": f"{self.now:{FORMAT}}", "sha256": _hash(new.content)}
        with open(self.record, "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    def _recorded(self) -> Iterator[tuple[tuple[str, str], str]]:
        """Who sent each submission, as it was recorded; a torn line, of a crash, is passed over."""
        for line in self.record.read_bytes().split(b"\n") if self.record.exists() else []:
            try:
                entry = json.loads(line)
                yield (entry["student"], entry["assignment"]), entry["sender"]
            except (ValueError, KeyError, TypeError):
                continue


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _time(path: Path) -> datetime:
    """When a submission was handed in: as timestamp.txt says, else its file's own date."""
    try:
        found = parse_utc(path.with_name("timestamp.txt").read_text(encoding="utf-8").strip())
        return found.replace(tzinfo=timezone.utc)
    except (OSError, ValueError, OverflowError):
        return datetime.fromtimestamp(int(path.stat().st_mtime), timezone.utc)


@lru_cache(maxsize=32)
def _given(slug: str) -> frozenset[str]:
    """The texts of a handout's cells."""
    return frozenset(normal(cell.source) for cell in source.skeleton(slug).cells)


def _work(nb, slug: str) -> str:
    """A hash of the code that is not the handout's own; empty where there is none."""
    own = [text for cell in nb.cells if cell.cell_type == "code" and (text := normal(cell.source)) and text not in _given(slug)]
    return _hash("\0".join(own).encode()) if own else ""


def _work_of(path: Path, slug: str, content: bytes) -> str:
    """The same of a submission that is there; empty for one that cannot be read."""
    try:
        return _work(submission.submitted(str(path), submission.parsed(str(path), content), slug)[1], slug)
    except UserError:
        return ""
