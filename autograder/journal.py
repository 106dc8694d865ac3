"""What was graded, when, and from what: an append-only file of JSON lines in the course directory.

A line says whose submission it was, a hash of it, a key (a hash of all that its grade depends on),
and the result. It is written last, when gradebook, notebook and feedback are there, so that
whatever a crash left undone is done again.
"""

import hashlib
import json
import os
import platform
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path

from autograder import course
from autograder.submission import files_beside

PACKAGES = ("jax", "jaxlib", "numpy", "ipykernel", "nbgrader")


def surroundings(slug: str, secret: bytes, **settings) -> bytes:
    """What every grade depends on apart from the submission: our code, versions, the secret, settings."""
    digest = hashlib.sha256()
    for part in (course.grader_version(slug), platform.python_version(), *map(version, PACKAGES),
                 json.dumps(settings, sort_keys=True)):
        digest.update(part.encode() + b"\0")
    digest.update(hashlib.sha256(secret).digest())
    return digest.digest()


def submission_hash(notebook: Path) -> str | None:
    """Of a notebook and the files beside it; None where they cannot be read."""
    digest = hashlib.sha256()
    try:
        if notebook.is_file():
            with open(notebook, "rb") as file:
                digest = hashlib.file_digest(file, "sha256")
        for name, content in sorted(files_beside(notebook.parent).items()):
            digest.update(hashlib.sha256(os.fsencode(name)).digest() + hashlib.sha256(content).digest())
    except OSError:
        return None
    return digest.hexdigest()


def key(submission: str | None, surroundings: bytes) -> str | None:
    """A hash of all that one grade depends on; None where the submission cannot be read."""
    return hashlib.sha256(surroundings + submission.encode()).hexdigest() if submission else None


class Journal:
    """The lines of a course directory's journal; a torn one, of a crash, is passed over."""

    def __init__(self, root: Path):
        self.path = root / "journal.jsonl"
        self._last: dict[tuple[str, str], dict] = {}
        for line in self.path.read_bytes().split(b"\n") if self.path.exists() else []:
            try:
                entry = json.loads(line)
                if isinstance(entry["result"], dict):
                    self._last[entry["student"], entry["assignment"]] = entry
            except (ValueError, KeyError, TypeError):
                continue

    def last(self, student: str, slug: str) -> dict | None:
        """The newest line of one submission: {"time", "student", "assignment", "submission", "key", "result"}."""
        return self._last.get((student, slug))

    def append(self, student: str, slug: str, submission: str | None, key: str | None, result: dict) -> None:
        """Add a line, which is on the disk when this returns. Raises OSError with the journal's name."""
        entry = {"time": datetime.now(timezone.utc).isoformat(timespec="seconds"), "student": student,
                 "assignment": slug, "submission": submission, "key": key, "result": result}
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(self.path, "a+b") as file:
                if file.tell():
                    file.seek(-1, os.SEEK_END)
                    if file.read(1) != b"\n":           # torn by a crash: end that line first
                        file.write(b"\n")
                file.write(json.dumps(entry).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            error.filename = str(self.path)
            raise
        self._last[student, slug] = entry
