"""Temporary folders that students' code writes into: made, deleted, and swept up after a process that was killed.

A folder is locked while its process lives, which the system undoes at the process's end. So whoever
can lock one may delete it.
"""

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:                     # Windows: nothing to lock with, and nothing is swept
    fcntl = None

PREFIX = "ag-"
YOUNG_SECONDS = 60                      # one that is not locked yet


class Folder:
    """A temporary folder with a short path, as sockets need it. `path` until `delete`."""

    def __init__(self):
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place()))
        self._lock = _locked(self.path)

    def delete(self) -> None:
        delete(self.path)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def sweep(where: Path) -> None:
    """Delete this user's folders in that place whose processes are gone."""
    if fcntl is None:
        return
    for path in where.glob(f"{PREFIX}????????"):
        with suppress(OSError):
            found = path.lstat()
            if path.is_symlink() or found.st_uid != os.getuid() or time.time() - found.st_mtime < YOUNG_SECONDS:
                continue
            lock = _locked(path)
            delete(path)
            os.close(lock)


def delete(folder: Path) -> None:
    """Delete a folder that a student's code wrote into: links in it are not followed, and it may be very deep."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except RecursionError:
        subprocess.run(["rm", "-rf", "--", str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _locked(path: Path) -> int | None:
    """A descriptor that holds the folder's lock. Raises BlockingIOError where another process holds it."""
    if fcntl is None:
        return None
    lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock


def place() -> str:
    """Where they are made."""
    return "/tmp" if len(tempfile.gettempdir()) > 30 else tempfile.gettempdir()
