"""The grader's end of the sandbox: one nursery per process, and a handle for each kernel.

    nursery = warm.nursery("bubblewrap")
    kernel = nursery.kernel(nursery.new_folder(), start, files)
    kernel.wait_ready(60); ...; kernel.end()
"""

import atexit
import json
import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from autograder import assignment
from autograder.errors import UserError
from autograder.sandbox import folders, readable, tiers
from autograder.sandbox.folders import Folder, delete
from autograder.sandbox.limits import Limits

START_SECONDS = 120
KIT, KERNELS = "/run/autograder", "/run/kernels"        # inside, with bubblewrap

_nurseries: dict[str, "Nursery"] = {}
_lock = threading.RLock()


def nursery(tier: str) -> "Nursery":
    """This process's nursery for a tier: started at the first call, again if it has died or knows other assignments."""
    with _lock:
        found = _nurseries.get(tier)
        if found is None or not found.alive() or found.assignments != assignment.assignments_folder():
            if found:
                found.close()
            found = _nurseries[tier] = Nursery(tier)
        return found


def close() -> None:
    """End this process's nurseries and all their kernels."""
    with _lock:
        while _nurseries:
            _nurseries.popitem()[1].close()


atexit.register(close)
os.register_at_fork(after_in_child=_nurseries.clear)    # a forked worker starts its own


class Nursery:
    """A warm parent in its sandbox. `kernel` may be called from any thread."""

    def __init__(self, tier: str, limits: Limits = Limits()):
        self.tier, self._count, self._warm = tier, 0, False
        self._sending = threading.Lock()
        folders.sweep(Path(folders.place()))
        self.temporary = Folder()
        self.base = self.temporary.path
        self.own = self.base / "nursery"
        self.own.mkdir()
        self.kernels = self.base / "kernels"
        self.kernels.mkdir()
        self.assignments = assignment.assignments_folder()
        kit = readable.kit(self.base / "kit")
        paths = readable.paths()
        inside = (KIT, KERNELS) if tier == "bubblewrap" else (str(kit), str(self.kernels))
        settings = {"tier": tier, "kit": inside[0], "kernels": inside[1], "readable": paths, "limits": asdict(limits)}
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-I", f"{inside[0]}/autograder/sandbox/nursery.py", json.dumps(settings), str(theirs.fileno())]
        if tier == "bubblewrap":
            command = [tiers.bubblewrap(), *bubblewrap_options(kit, self.kernels, paths), "--", *command]
        self.errors = open(self.base / "stderr", "w+b")
        with theirs:
            self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=environment(str(self.own)), cwd="/",
                                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.errors)

    def alive(self) -> bool:
        return self.process.poll() is None

    def new_folder(self) -> Path:
        """A folder for one kernel to come."""
        with self._sending:
            self._count += 1
            folder = self.kernels / str(self._count)
        (folder / "files").mkdir(parents=True)
        return folder

    def kernel(self, folder: Path, start: Mapping, files: Mapping[str, bytes]) -> "Kernel":
        """Fork a kernel. Returns at once; see `Kernel.wait_ready`.

        Args:
          folder: one of `new_folder`; the sockets will be in it.
          start: {"connection": as in a Jupyter connection file, "environment": by name}.
          files: by name, what the kernel finds where it works.
        Raises: UserError where the nursery does not live.
        """
        if self.tier == "landlock":
            (folder / "scratch").mkdir()
        for name, content in files.items():
            (folder / "files" / Path(name).name).write_bytes(content)
        (folder / "start.json").write_text(json.dumps(start))
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, self._sending:
            self._await_warm()
            try:
                socket.send_fds(self._control, [folder.name.encode()], [theirs.fileno()])
            except OSError:
                raise self._failed() from None
        return Kernel(ours, folder)

    def _await_warm(self) -> None:
        if self._warm:
            return
        if not ready_to_read(self._control, START_SECONDS) or self._control.recv(10) != b"warm":
            raise self._failed()
        self._warm = True

    def _failed(self) -> UserError:
        self.errors.seek(0)
        said = self.errors.read()[-2000:].decode(errors="replace").strip().splitlines() or ["it said nothing"]
        return UserError(f"The sandbox ({self.tier}) did not start: {said[-1]} `autograder doctor` tells more.")

    def close(self) -> None:
        """End the nursery; with bubblewrap every kernel that it forked ends with it."""
        self._control.close()           # which it notices; so it does when this process dies
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.errors.close()
        self.temporary.delete()


class Kernel:
    """A handle on one confined kernel. `folder` has its sockets, named k-1, k-2 and so on."""

    def __init__(self, link: socket.socket, folder: Path):
        self.link, self.folder = link, folder
        self.is_ready, self.why = False, None       # why it ended; None while it lives

    @property
    def ended(self) -> bool:
        self._listen(0)
        return self.why is not None

    def wait_ready(self, seconds: float = START_SECONDS) -> bool:
        """Wait until its sockets are there; False when it ended or took too long."""
        return self._wait(seconds, lambda: self.is_ready)

    def wait_ended(self, seconds: float) -> bool:
        return self._wait(seconds, lambda: False) or self.why is not None

    def interrupt(self) -> None:
        self._say(b"i")

    def end(self) -> None:
        """Kill it and all that it started, and delete its folder."""
        if self.why is None:
            self._say(b"k")
            if not self.wait_ended(10):
                self.why = "it could not be ended"
        self.link.close()
        delete(self.folder)

    def _wait(self, seconds: float, reached) -> bool:
        end = time.monotonic() + seconds
        while self.why is None and not reached() and (left := end - time.monotonic()) > 0:
            self._listen(left)
        return reached()

    def _listen(self, seconds: float) -> None:
        while self.why is None and self.link.fileno() >= 0 and ready_to_read(self.link, seconds):
            message = self._receive()
            if message == "ready":
                self.is_ready = True
            else:                       # the end of the link: its keeper is gone
                self.why = message.partition("ended: ")[2]
            seconds = 0

    def _receive(self) -> str:
        try:
            return self.link.recv(1000).decode(errors="replace")
        except OSError:
            return ""

    def _say(self, order: bytes) -> None:
        try:
            self.link.send(order)
        except OSError:
            pass


def ready_to_read(link: socket.socket, seconds: float) -> bool:
    """Whether something can be read within the time. By poll, as select knows no descriptor above 1023."""
    waiting = select.poll()
    waiting.register(link, select.POLLIN)
    return bool(waiting.poll(1000 * max(0.0, seconds)))


def environment(folder: str) -> dict[str, str]:
    """The nursery's environment: libraries are read with it before any kernel exists."""
    return {"PATH": os.path.dirname(sys.executable), "LANG": "C.UTF-8", "HOME": folder, "TMPDIR": folder, "JAX_PLATFORMS": "cpu",
            "MPLBACKEND": "module://matplotlib_inline.backend_inline", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def bubblewrap_options(kit: Path, kernels: Path, paths: list[str]) -> list[str]:
    """What bubblewrap shows to the nursery: libraries, the kit, and the folder of kernels."""
    options = [*tiers.NAMESPACES, "--tmpfs", "/tmp"]         # first, as what follows may lie in it
    for path in paths:
        options += ["--symlink", os.readlink(path), path] if os.path.islink(path) else ["--ro-bind", path, path]
    for path in readable.DEVICES:
        options += ["--dev-bind", path, path]
    for name, value in environment("/tmp").items():
        options += ["--setenv", name, value]
    for path in ("/dev/shm", "/home/student", "/run/kernel", "/run/fresh"):
        options += ["--dir", path]
    return [*options, "--proc", "/proc", "--ro-bind", str(kit), KIT, "--bind", str(kernels), KERNELS, "--remount-ro", "/"]
