"""Run a command; measure its wall time, its processor time and its peak memory, with all that it starts."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

GONE = (psutil.NoSuchProcess, psutil.AccessDenied, OSError)


@dataclass
class Usage:
    """Seconds of wall time and of processor time; peak memory in MiB; memory in MiB over time."""

    wall: float = 0.0
    cpu: float = 0.0
    peak: float = 0.0
    trace: list[tuple[float, float]] = field(default_factory=list)


def run(command: list[str], cwd: Path, environment: dict[str, str | None] | None = None, every: float = 0.5) -> Usage:
    """Run a command to its end. Raises RuntimeError, with what it printed, unless its status is 0.

    Processor time and memory are looked at every so many seconds, and the largest value counts.
    environment: what is added to this process's own; None takes a variable out.
    """
    whole = {k: v for k, v in (os.environ | (environment or {})).items() if v is not None}
    start, usage, ended = time.monotonic(), Usage(), threading.Event()
    process = subprocess.Popen(command, cwd=cwd, env=whole, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True)

    def watch():
        while not ended.wait(every):
            usage.cpu = max(usage.cpu, processor_time(process.pid))
            usage.trace.append((time.monotonic() - start, memory(process.pid)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    said = process.communicate()[0]
    usage.wall = time.monotonic() - start
    ended.set()
    watcher.join()
    usage.peak = max((m for _, m in usage.trace), default=0.0)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {said[-2000:]}")
    return usage


def family(pid: int) -> Iterator[psutil.Process]:
    """A process and all its descendants."""
    with suppress(*GONE):
        process = psutil.Process(pid)
        yield process
        yield from process.children(recursive=True)


def processor_time(pid: int) -> float:
    """Seconds that a process, its descendants, and those of them that ended have used.

    Not the system's own sum for children that were waited for: bubblewrap ends without waiting for its child.
    """
    total = 0.0
    for process in family(pid):
        with suppress(*GONE):
            times = process.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total


def memory(pid: int) -> float:
    """MiB of a process and its descendants; what they share is counted once."""
    total = 0
    for process in family(pid):
        with suppress(*GONE):
            total += process.memory_full_info().pss
    return total / 2**20
