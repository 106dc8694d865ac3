"""The keeper of one kernel: makes its surroundings, watches what it uses, and ends all of it.

With bubblewrap it is the first process of a namespace of its own: when it ends, the kernel kills
all that is left in it. With Landlock alone it is the reaper of all that the kernel starts.
It listens on a socket whose other end the grader holds: "i" interrupts, "k" or the end kills.
"""

import os
import select
import signal
import socket
import time
from pathlib import Path

from autograder.sandbox import kernel, system
from autograder.sandbox.limits import MIB, Limits

POLL = 0.1                              # seconds between two looks at what the kernel uses
SCRATCH, SOCKETS, KERNELS, FRESH = "/home/student", "/run/kernel", "/run/kernels", "/run/fresh"
PAGE = os.sysconf("SC_PAGE_SIZE")


def fork(tier: str) -> int:
    """Fork the process that becomes a keeper by `start`; returns 0 in it."""
    return system.fork_into_new_pids() if tier == "bubblewrap" else os.fork()


def start(settings: dict, name: str, link: socket.socket) -> None:
    """Run in a fork of the nursery; never returns."""
    try:
        if settings["tier"] == "landlock":
            system.prctl(system.PR_SET_CHILD_SUBREAPER, 1)
            sockets = str(Path(settings["kernels"], name))
            keep(settings, f"{sockets}/scratch", sockets, link)
        else:
            system.die_with_parent()
            system.unshare(system.CLONE_NEWNS | system.CLONE_NEWIPC)
            surroundings(name, Limits(**settings["limits"]), settings["readable"])
            keep(settings, SCRATCH, SOCKETS, link)
    except BaseException as error:
        tell(link, f"ended: the sandbox failed ({type(error).__name__}: {error})")
    finally:
        os._exit(0)


def surroundings(name: str, limits: Limits, readable: list[str]) -> None:
    """Mount what this kernel alone sees: its processes, its scratch folders, its sockets."""
    safe = system.MS_NOSUID | system.MS_NODEV
    system.mount("none", "/", "", system.MS_REC | system.MS_PRIVATE)
    try:                                # since Linux 5.8: without the keeper, which is not its to trace
        system.mount("proc", "/proc", "proc", safe | system.MS_NOEXEC, "hidepid=ptraceable")
    except OSError:
        system.mount("proc", "/proc", "proc", safe | system.MS_NOEXEC)
    for path in ("/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus", "/proc/fs", "/proc/acpi", "/proc/scsi"):
        if os.path.exists(path):        # who is root outside could write here
            system.mount(path, path, "", system.MS_BIND | system.MS_REC)
            system.mount("", path, "", system.MS_BIND | system.MS_REMOUNT | system.MS_RDONLY | safe | system.MS_NOEXEC)
    for path, size in ((SCRATCH, limits.disk), ("/tmp", 16 * MIB), ("/dev/shm", 64 * MIB)):
        fresh(path, size, readable)
    system.mount(f"{KERNELS}/{name}", SOCKETS, "", system.MS_BIND)
    system.mount("tmpfs", KERNELS, "tmpfs", safe | system.MS_RDONLY, "size=4k,nr_inodes=2")
    try:
        Path("/proc/sys/kernel/pid_max").write_text("400")      # since Linux 6.14: of this namespace
    except OSError:
        pass


def fresh(path: str, size: int, readable: list[str]) -> None:
    """Mount an empty folder of this kernel's own over another; what must stay readable below it does."""
    system.mount("tmpfs", FRESH, "tmpfs", system.MS_NOSUID | system.MS_NODEV, f"size={size},nr_inodes=20000,mode=700")
    for kept in (p for p in readable if p.startswith(f"{path}/")):
        there = Path(FRESH + kept.removeprefix(path))
        if os.path.lexists(there):      # below one before it
            continue
        there.parent.mkdir(parents=True, exist_ok=True)
        if os.path.islink(kept):
            there.symlink_to(os.readlink(kept))
            continue
        there.mkdir() if os.path.isdir(kept) else there.touch()
        system.mount(kept, str(there), "", system.MS_BIND | system.MS_REC)
    system.mount(FRESH, path, "", system.MS_MOVE)


def keep(settings: dict, scratch: str, sockets: str, link: socket.socket) -> None:
    """Start the kernel and stay with it to the end."""
    system.prctl(system.PR_SET_DUMPABLE, 0)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM, signal.SIGCHLD])
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        link.close()
        os.close(receive)
        system.die_with_parent()
        kernel.main(settings, scratch, sockets, lambda: os.write(send, b"!"))
    os.close(send)
    try:
        why = watch(child, receive, link, settings, sockets)
    finally:
        end_all(child, settings["tier"])
    tell(link, f"ended: {why}")


def watch(child: int, receive: int, link: socket.socket, settings: dict, sockets: str) -> str:
    """Wait until the kernel ends or must end; returns why it must, empty where it need not."""
    limits, base, pid = Limits(**settings["limits"]), resident(child), os.pidfd_open(child)
    poll = select.poll()
    for file in (receive, link.fileno(), pid):
        poll.register(file, select.POLLIN)
    looked = 0.0
    while True:
        for file, _ in poll.poll(POLL * 1000):
            if file == receive:
                poll.unregister(receive)
                if not os.read(receive, 1):
                    continue            # it died before its sockets were there
                if settings["tier"] == "bubblewrap":
                    system.mount("", sockets, "", system.MS_BIND | system.MS_REMOUNT | system.MS_RDONLY)
                tell(link, "ready")
            elif file == pid:
                return ""
            else:
                order = link.recv(1)
                if order != b"i":
                    return ""
                os.kill(child, signal.SIGINT)
        if time.monotonic() - looked >= POLL:
            looked = time.monotonic()
            if why := excess(child, base, limits, settings["tier"], sockets):
                return why


def excess(child: int, base: int, limits: Limits, tier: str, sockets: str) -> str:
    """What the kernel and its children use too much of; empty where nothing."""
    family = processes(child, tier)
    if len(family) > limits.processes:
        return f"more than {limits.processes} processes at once"
    memory = threads = 0
    for pid in family:
        try:
            threads += len(os.listdir(f"/proc/{pid}/task"))
            memory += max(0, resident(pid) - base)      # what it shares with the nursery does not count
        except OSError:
            continue
    if threads > limits.most_threads:
        return f"more than {limits.most_threads} threads at once"
    if memory > limits.memory:
        return f"more than {limits.memory // MIB} MB of memory"
    if tier == "landlock" and disk(sockets, limits.disk) > limits.disk:
        return f"more than {limits.disk // MIB} MB written"
    return ""


def processes(child: int, tier: str) -> list[int]:
    """The kernel and all that it started."""
    if tier == "bubblewrap":
        return [int(name) for name in os.listdir("/proc") if name.isdigit() and name != "1"]
    found, new = [], [child, *children(os.getpid())]
    while new:
        pid = new.pop()
        if pid not in found:
            found.append(pid)
            new += children(pid)
    return found


def children(pid: int) -> list[int]:
    found = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            found += map(int, Path(f"/proc/{pid}/task/{task}/children").read_text().split())
    except OSError:
        pass
    return found


def resident(pid: int) -> int:
    """Bytes of memory that a process has in use; OSError when it is gone."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE


def disk(folder: str, enough: int) -> int:
    """Bytes and, at 4 KiB each, entries below a folder; counting ends where there are enough.

    Goes down and up by single steps, as a path may be longer than any call takes.
    """
    total, open_folders = 0, [[folder]]
    os.chdir("/")
    while open_folders and total <= enough:
        if not open_folders[-1]:
            open_folders.pop()
            os.chdir("..")
            continue
        try:                            # whatever goes meanwhile is not counted
            os.chdir(open_folders[-1].pop())
        except OSError:
            continue
        open_folders.append([])
        try:
            with os.scandir(".") as entries:
                found = list(entries)
            total += sum(4096 + e.stat(follow_symlinks=False).st_blocks * 512 for e in found)
            open_folders[-1] += [e.name for e in found if e.is_dir(follow_symlinks=False)]
        except OSError:
            continue
    return total


def end_all(child: int, tier: str) -> None:
    """Kill the kernel and what it started, until nothing is left. With bubblewrap, our own end does the rest."""
    if tier == "bubblewrap":
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)            # so that its processor time is accounted for
    while tier == "landlock":
        for pid in processes(child, tier):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                continue
        except ChildProcessError:
            return
        time.sleep(0.005)


def tell(link: socket.socket, text: str) -> None:
    try:
        link.send(text.encode()[:500])
    except OSError:                     # the grader no longer listens
        pass
