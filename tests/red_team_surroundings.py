"""What lies around a sandbox in the red team's runs: files, sockets and a process environment that nobody may reach.

Everything is real and within reach of an unconfined process. Afterwards `harm` says what was touched.
"""

import hashlib
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from autograder import assignment, course
from tests import red_team


class Surroundings:
    """A context manager; `places` are the placeholders of tests/hostile/README.md that it fills."""

    def __init__(self, slug: str, secret: bytes):
        self.slug, self.secret = slug, secret
        self.canary, self.token = f"CANARY-{secrets.token_hex(8)}", f"survivor{secrets.token_hex(3)}"
        self.heard: list[str] = []

    def __enter__(self) -> "Surroundings":
        self.root = Path(tempfile.mkdtemp(prefix="red-team-"))
        self.root.chmod(0o755)
        self.home = Path.home() / f".{self.token}"
        self.scratch = Path(tempfile.mkdtemp(prefix="autograder-"))      # as a kernel's own folder is called
        self.outbox, self.course = self.root / "outbox", self.root / "course"
        for folder in (self.outbox, self.course / ".autograder", self.course / "submitted" / "other" / self.slug):
            folder.mkdir(parents=True)
        self.outbox.chmod(0o777)
        note = f"{self.canary}\n"
        self.files = [self.home, self.root / "note.txt", self.scratch / "note.txt", self.outbox / "kept.txt",
                      self.course / ".autograder" / "secret", self.course / "submitted" / "other" / self.slug / f"{self.slug}.ipynb"]
        for path in self.files:
            path.write_text(note)
        self.files.append(self.course / "gradebook.db")
        with sqlite3.connect(self.files[-1]) as book:
            book.execute("create table grade (student text, score real)")
            book.execute("insert into grade values (?, 0.0)", (self.canary,))
        book.close()
        self.before = self._state()
        # A sandbox counts its own processes from 1: one of that number inside is not the one outside.
        while (passing := subprocess.Popen(["true"])).pid < 100 and passing.wait() == 0:
            pass
        passing.wait()
        # A neighbour with the canary in its environment and its memory, as the grader could be.
        self.neighbour = subprocess.Popen([sys.executable, "-c", "import os; held = os.environ['AUTOGRADER_CANARY']; input()"],
                                          env=os.environ | {"AUTOGRADER_CANARY": self.canary}, stdin=subprocess.PIPE)
        self._listen()
        seed = course.seed(self.secret, self.slug, red_team.attacked(self.slug)[0])
        ports = {name: str(s.getsockname()[1]) for name, s in self.sockets.items() if name in ("tcp", "tcp6", "udp")}
        self.places = {"tcp": "9", "tcp6": "9", "udp": "9", **ports,
                       "canary": self.canary, "token": self.token, "pid": str(os.getpid() if os.getpid() > 100 else self.neighbour.pid), "home_file": str(self.home),
                       "tmp_file": str(self.root / "note.txt"), "scratch": str(self.scratch), "outbox": str(self.outbox),
                       "course": str(self.course), "abstract": self.token, "socket": str(self.scratch / "kernel-1"),
                       "assignments": str(assignment.assignments_folder()), "seed_sha256": hashlib.sha256(str(seed).encode()).hexdigest()}
        return self

    def __exit__(self, *_) -> None:
        self.neighbour.kill()
        self.neighbour.wait()
        self.neighbour.stdin.close()
        for listener in self.sockets.values():
            listener.close()
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.home.unlink(missing_ok=True)

    def _listen(self) -> None:
        """Open sockets that answer whoever calls with the canary, and remember the call."""
        self.sockets: dict[str, socket.socket] = {}
        for name, family, kind, address in (
                ("tcp", socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)), ("tcp6", socket.AF_INET6, socket.SOCK_STREAM, ("::1", 0)),
                ("udp", socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
                ("abstract", socket.AF_UNIX, socket.SOCK_STREAM, "\0" + self.token),
                ("path", socket.AF_UNIX, socket.SOCK_STREAM, str(self.scratch / "kernel-1"))):
            try:
                listener = socket.socket(family, kind)
                listener.bind(address)
            except OSError:                     # a machine without IPv6
                continue
            self.sockets[name] = listener
            threading.Thread(target=self._answer, args=(name, listener), daemon=True).start()

    def _answer(self, name: str, listener: socket.socket) -> None:
        try:
            if name == "udp":
                while True:
                    _, sender = listener.recvfrom(100)
                    self.heard.append(name)
                    listener.sendto(self.canary.encode(), sender)
            listener.listen()
            while True:
                caller, _ = listener.accept()
                self.heard.append(name)
                with caller:
                    caller.sendall(self.canary.encode())
        except OSError:                         # closed: the run is over
            return

    def _state(self) -> dict[str, bytes]:
        places = [*self.files, *self.outbox.rglob("*"), *self.root.iterdir()]
        return {str(p): p.read_bytes() if p.is_file() else b"" for p in places if p.exists()}

    def harm(self) -> list[str]:
        """What was touched, called or left behind since the start; survivors are ended and named."""
        now, found = self._state(), []
        found += [f"{p} was changed or deleted" for p in self.before if now.get(p) != self.before[p]]
        found += [f"{p} was made" for p in now if p not in self.before]
        found += [f"the {name} socket was called" for name in self.heard]
        self.heard.clear()
        deadline = time.monotonic() + 5         # a killed process takes a moment to go
        while (alive := self.survivors()) and time.monotonic() < deadline:
            time.sleep(0.05)
        for pid in alive:
            found.append(f"process {pid} outlived its notebook")
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        return found

    def survivors(self) -> list[int]:
        """Processes that carry our token in their name or command line, other than this one's own family."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != os.getpid():
                try:
                    text = (entry / "comm").read_text() + (entry / "cmdline").read_text(errors="replace")
                    state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
                except OSError:
                    continue
                if self.token in text and state != "Z":
                    found.append(int(entry.name))
        return found
