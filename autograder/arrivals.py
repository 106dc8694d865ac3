"""What was handed in, file by file: from notebooks, folders and zips, whoever made them.

Nothing is unpacked to the disk, no link is followed, and no file is read beyond its limit. What is refused
comes out as a `Refused` with the reason, and the rest goes on.
"""

import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from autograder.errors import UserError
from autograder.files import MAX_NOTEBOOK
from autograder.stamp import plain

MAX_FILES = 20_000                      # in one archive, those of the zips in it included
MAX_UNPACKED = 2_000_000_000            # bytes of one archive
MAX_RATIO, SMALL = 200, 1_000_000       # unpacked to packed, for what is not small; notebooks of plots reach 10
MAX_DEPTH = 2                           # a bulk download, and the zips that students handed in
PASSED_OVER = re.compile(r"(?:^|/)(?:__MACOSX/|\.|(?:Thumbs\.db|desktop\.ini)$)", re.I)      # what systems leave behind
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True)
class Arrival:
    """One notebook's file: what to call it, the path that its name is read from, its bytes, and its date."""

    label: str
    path: str
    content: bytes
    time: datetime


@dataclass(frozen=True)
class Refused:
    """A file that is not taken, and why."""

    label: str
    why: str


def arrivals(paths: Iterable[Path]) -> Iterator[Arrival | Refused]:
    """Go through files and folders. Raises UserError for a path that does not exist."""
    paths = [Path(path) for path in paths]
    for path in paths:
        if not path.exists():
            raise UserError(f"{path}: no such file or folder. Give notebooks, zips, or folders of them.")
    for path in paths:
        for file in _below(path) if path.is_dir() else [path]:
            yield from _from_disk(file, plain(str(file), 200))


def _below(folder: Path) -> Iterator[Path]:
    """Every file below a folder, links included, in order of name."""
    for root, folders, files in os.walk(folder):
        folders.sort()
        links = [name for name in folders if Path(root, name).is_symlink()]
        for name in sorted([*files, *links]):
            if not PASSED_OVER.search(str(PurePosixPath(Path(root, name).relative_to(folder).as_posix()))):
                yield Path(root, name)


def _from_disk(path: Path, label: str) -> Iterator[Arrival | Refused]:
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            yield Refused(label, "this is a link or no plain file. Copy what it points to, and give that.")
            return
        with open(path, "rb") as file:
            if path.suffix.lower() == ".zip":
                yield from _Archive(label).files(file, path.with_suffix("").as_posix())
            elif path.suffix.lower() != ".ipynb":
                yield Refused(label, NEITHER)
            elif found.st_size > MAX_NOTEBOOK:
                yield Refused(label, TOO_LARGE)
            else:
                yield Arrival(label, path.as_posix(), file.read(MAX_NOTEBOOK + 1), datetime.fromtimestamp(found.st_mtime, timezone.utc))
    except OSError as error:
        yield Refused(label, f"it cannot be read ({error.strerror or error}). Is it yours to read?")


NEITHER = "this is no notebook (.ipynb) and no .zip. Ask the student for the notebook."
TOO_LARGE = f"larger than {MAX_NOTEBOOK // 1_000_000} MB. Ask the student to clear the outputs and hand in again."


class _Archive:
    """One zip from the disk with the zips in it, which share what may be unpacked."""

    def __init__(self, label: str):
        self.label, self.files_left, self.bytes_left = label, MAX_FILES, MAX_UNPACKED

    def files(self, file: BinaryIO, path: str, depth: int = 1) -> Iterator[Arrival | Refused]:
        """The notebooks in an archive; path: what stands before the names in it."""
        where = self.label if depth == 1 else f"{self.label}: {plain(PurePosixPath(path).name, 100)}.zip"
        try:
            archive = zipfile.ZipFile(file)
            entries = archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            yield Refused(where, f"this is no zip, or damaged ({error}). Download it again.")
            return
        self.files_left -= len(entries)
        if self.files_left < 0:
            yield Refused(where, f"more than {MAX_FILES} files. Is it an archive of hand-ins? Nothing in it is read.")
            return
        with archive:
            for entry in entries:
                name = f"{where}: {plain(entry.orig_filename, 200)}"
                if why := trick(entry):
                    yield Refused(name, why)
                elif not entry.is_dir() and not PASSED_OVER.search(entry.filename):
                    yield from self._entry(archive, entry, name, path, depth)
                if self.bytes_left < 0:
                    return

    def _entry(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, label: str, path: str, depth: int) -> Iterator[Arrival | Refused]:
        name, kind = f"{path}/{entry.filename}", PurePosixPath(entry.filename).suffix.lower()
        if kind not in (".ipynb", ".zip"):
            yield Refused(label, NEITHER)
        elif kind == ".zip" and depth == MAX_DEPTH:
            yield Refused(label, f"a zip in a zip in a zip; at most {MAX_DEPTH} levels are read. Unpack it first.")
        elif entry.file_size > MAX_NOTEBOOK:
            yield Refused(label, TOO_LARGE)
        elif entry.file_size > SMALL and entry.file_size > MAX_RATIO * entry.compress_size:
            yield Refused(label, f"it would unpack to more than {MAX_RATIO} times its size, as no notebook does.")
        else:
            try:
                with archive.open(entry) as file:
                    content = file.read(MAX_NOTEBOOK + 1)
            except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
                yield Refused(label, f"damaged in the archive ({plain(str(error))}). Download it again.")
                return
            self.bytes_left -= len(content)
            if self.bytes_left < 0:
                yield Refused(label, f"the archive unpacks to more than {MAX_UNPACKED // 10**9} GB. This file and those behind it "
                                     "are not read: give them in several archives.")
            elif kind == ".zip":
                yield from self.files(io.BytesIO(content), name.removesuffix(PurePosixPath(name).suffix), depth + 1)
            else:
                yield Arrival(label, name, content, _date(entry))


def trick(entry: zipfile.ZipInfo) -> str:
    """What is wrong with an entry of a zip, which nobody means well who made it so; empty where nothing is."""
    name = entry.orig_filename.replace("\\", "/")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
        return "its path leads out of the archive. Nothing was written there."
    if not name.isprintable():
        return "its name has control characters in it. Rename it, and hand it in again."
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "this is a link or no plain file. The file itself is needed."
    if entry.flag_bits & 0x1:
        return "it is locked with a password. Hand it in without one."
    if entry.compress_type not in PACKED:
        return "it is packed in a way that is not read here. Make an ordinary zip."
    return ""


def _date(entry: zipfile.ZipInfo) -> datetime:
    """An entry's date, which zips keep in local time; 1980 for one that is no date."""
    try:
        return datetime(*entry.date_time).astimezone(timezone.utc)
    except (ValueError, OverflowError, OSError):
        return datetime(1980, 1, 1, tzinfo=timezone.utc)
