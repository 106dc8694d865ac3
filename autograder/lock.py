"""One `grade` at a time on a course directory: a lock that the system frees when its owner dies."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

try:
    import fcntl
except ImportError:                     # Windows: nothing to lock with
    fcntl = None


@contextmanager
def alone(path: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock file while the block runs; wait for it, and tell so, where another process holds it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(path, "a+b", buffering=0) as file:
        if fcntl:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                owner = file.read().decode(errors="replace").strip() or "just started"
                tell(f"another grade is running ({owner}); waiting for it to end …")
                fcntl.flock(file, fcntl.LOCK_EX)
        with suppress(OSError):         # a full disk: the lock holds all the same
            file.truncate(0)
            file.write(f"pid {os.getpid()}, since {datetime.now().isoformat(' ', 'seconds')}".encode())
        yield
