"""What each student has handed in so far, and the one way to put something newer there.

Beside each notebook stands its time, as nbgrader's own collectors write it. Who sent it is recorded in
.autograder/collected.jsonl, and what a newer one replaced is kept in .autograder/replaced/.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import parse_utc

from autograder import source, submission
from autograder.course import Course
from autograder.errors import UserError
from autograder.files import write_whole
from autograder.matching import normal

FORMAT = "%Y-%m-%d %H:%M:%S UTC"


@dataclass(frozen=True)
class Found:
    """A notebook of which everything is known that is needed to put it in its place.

    work: see `work`; sender: who the learning platform says it is from, "" where none does; remarks: what to tell of it.
    """

    student: str
    slug: str
    content: bytes
    work: str
    time: datetime
    sender: str
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Held:
    """The submission that a student has: its bytes' hash, its time, who sent it, and its work."""

    content: str
    time: datetime
    sender: str = ""
    work: str = ""


class Submitted:
    """The submitted/ folder of a course; in a dry run what would be put there is only remembered."""

    def __init__(self, course: Course, dry_run: bool = False):
        self.course, self.dry_run = course, dry_run
        self.record, self.replaced = course.private / "collected.jsonl", course.private / "replaced"
        self.senders = dict(self._recorded())
        self.known: dict[tuple[str, str], Held | None] = {}

    def held(self, student: str, slug: str) -> Held | None:
        """What a student has of an assignment; None where that is nothing."""
        key = student, slug
        if key not in self.known:
            path = self.course.submission(student, slug)
            content = path.read_bytes() if path.is_file() else None
            self.known[key] = None if content is None else Held(
                hashed(content), _time(path), self.senders.get(key, ""), _work_of(path, slug, content))
        return self.known[key]

    def spelt_otherwise(self, student: str) -> str:
        """Another student's id that differs in capitals only: some systems take the two for one folder. "" for none."""
        folder = self.course.submitted
        ids = {name for name, _ in self.known} | ({path.name for path in folder.iterdir()} if folder.is_dir() else set())
        return next((other for other in sorted(ids - {student}) if other.casefold() == student.casefold()), "")

    def same_work(self, new: Found) -> list[str]:
        """The other students whose work is the same, letter by letter. An untouched handout is no work."""
        others = {path.parent.name for path in self.course.submitted.glob(f"*/{new.slug}")}
        others |= {student for student, slug in self.known if slug == new.slug}
        return [other for other in sorted(others - {new.student}) if new.work
                and (held := self.held(other, new.slug)) and held.work == new.work]

    def put(self, new: Found, label: str) -> None:
        """Write a notebook and its time, keep what it replaces, and record that. Raises OSError."""
        old = self.held(new.student, new.slug)
        self.known[new.student, new.slug] = Held(hashed(new.content), new.time, new.sender, new.work)
        if self.dry_run:
            return
        path = self.course.submission(new.student, new.slug)
        path.parent.mkdir(parents=True, exist_ok=True)
        if old:
            kept = self.replaced / new.student / new.slug / f"{old.time:%Y-%m-%dT%H-%M-%SZ}-{old.content[:8]}.ipynb"
            kept.parent.mkdir(parents=True, exist_ok=True)
            write_whole(kept, path.read_bytes())
        time = path.with_name("timestamp.txt")
        time.unlink(missing_ok=True)            # or a crash would leave an old time beside a new notebook
        write_whole(path, new.content)
        write_whole(time, f"{new.time:{FORMAT}}\n")
        line = {"collected": f"{datetime.now(timezone.utc):{FORMAT}}", "student": new.student, "assignment": new.slug,
                "time": f"{new.time:{FORMAT}}", "sender": new.sender, "file": label, "sha256": hashed(new.content)}
        self.record.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
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


def hashed(content: bytes) -> str:
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


def work(nb: NotebookNode, slug: str) -> str:
    """A hash of the code that is not the handout's own; empty where there is none."""
    own = [text for cell in nb.cells if cell.cell_type == "code" and (text := normal(cell.source)) and text not in _given(slug)]
    return hashed("\0".join(own).encode()) if own else ""


def _work_of(path: Path, slug: str, content: bytes) -> str:
    """The same of a submission that is there; empty for one that cannot be read."""
    try:
        return work(submission.submitted(str(path), submission.parsed(str(path), content), slug)[1], slug)
    except UserError:
        return ""
