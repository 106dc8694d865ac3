"""The stamp on a notebook that is handed in: who, when, and what its cells said then.

`hand_in` writes it on the student's machine; `autograder collect` reads it, and believes nothing of it unchecked.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timezone

from autograder.errors import UserError

ID = re.compile(r"\w(?:[\w.@-]*\w)?\Z")
DEVICES = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[\d¹²³])(?:\.|\Z)", re.I)     # what Windows takes for devices
LONGEST_ID, LONGEST_NAME = 64, 100


@dataclass(frozen=True)
class Stamp:
    """name, student_id: as the student gave them; time: in UTC; version: of the package; sources: see `hash_sources`."""

    name: str
    student_id: str
    time: datetime
    version: str
    sources: str


def student_id(text: str) -> str:
    """A student id that can be the name of a folder on any system. Raises UserError for any other text."""
    found = unicodedata.normalize("NFC", text.strip())
    if not ID.match(found) or len(found.encode()) > LONGEST_ID or DEVICES.match(found):
        raise UserError(f"{plain(found)!r} is no student id: expected letters and digits, and between them . _ - or @, "
                        f"at most {LONGEST_ID} in all.")
    return found


def plain(text: str, longest: int = LONGEST_NAME) -> str:
    """A stranger's text on one line, without control and direction characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:longest]


def text_of(cell: dict) -> str:
    """A cell's text, which notebook files keep as one string or as a list of lines."""
    source = cell.get("source", "")
    lines = source if isinstance(source, list) else [source]
    return "".join(line for line in lines if isinstance(line, str)).replace("\r\n", "\n")


def hash_sources(cells: Iterable) -> str:
    """A hash of the cells' kinds and texts: what stays the same when a notebook is run and saved again."""
    said = [[str(cell.get("cell_type")), text_of(cell)] for cell in cells if isinstance(cell, dict)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def stamped(notebook: dict, slug: str, stamp: Stamp) -> dict:
    """The same notebook with the stamp in its metadata."""
    metadata = notebook.get("metadata") or {}
    mine = metadata.get("autograder")
    mine = (mine if isinstance(mine, dict) else {}) | {"assignment": slug, "hand_in": asdict(stamp) | {
        "time": stamp.time.astimezone(timezone.utc).isoformat(timespec="seconds")}}
    return notebook | {"metadata": metadata | {"autograder": mine}}


def read(notebook: dict) -> Stamp | None:
    """The stamp of a notebook; None where it has none, or one that `hand_in` did not write."""
    found = notebook
    for key in ("metadata", "autograder", "hand_in"):
        found = found.get(key) if isinstance(found, dict) else None
    try:
        fields = {key: found[key] for key in ("name", "student_id", "version", "sources")}
        time = datetime.fromisoformat(found["time"])
        if not all(isinstance(value, str) for value in fields.values()) or time.tzinfo is None:
            return None
        return Stamp(plain(fields.pop("name")), **fields, time=time.astimezone(timezone.utc))
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
