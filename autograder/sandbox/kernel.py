"""The confined kernel: a process that gives up every right and then is an ordinary ipykernel.

The nursery forks a keeper, the keeper forks this.
"""

import json
import os
import random
import shutil
import signal
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from autograder.sandbox import landlock, limits, seccomp, system

DEVICES = ("/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
MOST_QUEUED = 25_000        # messages on their way to the grader: more than it takes of one cell (session.MAX_MESSAGES)
PROC = ("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/sys/devices/system/cpu")


def main(settings: dict, scratch: str, sockets: str, ready: Callable[[], None]) -> None:
    """Be a kernel until it ends; never returns.

    Args:
      settings: what the nursery was started with.
      scratch: the kernel's own folder, where it works.
      sockets: the folder with start.json (connection and environment), the files beside the
        notebook, and room for the sockets.
      ready: to be called when the sockets are there.
    """
    status = 1
    try:
        os.setsid()                     # a signal to its process group reaches nobody else
        start = json.loads(Path(sockets, "start.json").read_text())
        for file in Path(sockets, "files").iterdir():
            shutil.copyfile(file, Path(scratch, file.name))
        os.chdir(scratch)
        confine(settings, scratch, sockets)
        environment(start["environment"], scratch)
        silence()
        renew_random()
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        serve(start["connection"] | {"ip": f"{sockets}/k"}, sockets, ready)
        status = 0
    except BaseException:
        traceback.print_exc()           # to where the nursery's own errors go; to nowhere once silenced
    finally:
        os._exit(status)


def confine(settings: dict, scratch: str, sockets: str) -> None:
    """Take from this process what the kernel must not have."""
    limits.apply(limits.Limits(**settings["limits"]))
    os.nice(5)                          # its keeper and the grader come first
    system.drop_capabilities()
    system.prctl(system.PR_SET_DUMPABLE, 1)
    if settings["tier"] == "landlock":
        landlock.apply([*settings["readable"], settings["kit"], f"/proc/{os.getpid()}", *PROC, *DEVICES],
                       [scratch, sockets, "/dev/null"])
        seccomp.apply(shared=True, own_pid=None if landlock.version() >= 6 else os.getpid())
    else:
        seccomp.apply()


def environment(given: dict, scratch: str) -> None:
    """Leave nothing of anybody's environment but what a kernel needs."""
    os.environ.clear()
    os.environ.update(given)
    os.environ.update({"HOME": scratch, "TMPDIR": f"{scratch}/.tmp", "IPYTHONDIR": f"{scratch}/.ipython"})
    os.makedirs(f"{scratch}/.tmp", exist_ok=True)
    tempfile.tempdir = None             # the nursery's


def silence() -> None:
    """Point the standard streams nowhere; the kernel has its own for what a notebook prints."""
    null = os.open("/dev/null", os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.close(null)


def renew_random() -> None:
    """Give this kernel other random numbers than its siblings have."""
    import numpy

    random.seed()
    numpy.random.seed()


def serve(connection: dict, sockets: str, ready: Callable[[], None]) -> None:
    """Be a kernel with this connection until it is told to shut down."""
    import zmq
    from ipykernel.kernelapp import IPKernelApp
    from traitlets.config import Config

    class App(IPKernelApp):
        def init_iopub(self, context):
            context.setsockopt(zmq.SNDHWM, MOST_QUEUED)     # where the queue ends, zmq drops: also that a cell has ended
            super().init_iopub(context)

    path = Path(sockets, "connection.json")
    path.write_text(json.dumps(connection))
    config = Config()
    config.HistoryManager.enabled = False
    config.IPKernelApp.log_level = "CRITICAL"
    app = App.instance(config=config, connection_file=str(path))
    app.initialize([])
    app.shell.ask_exit = lambda: None   # `exit()` in a cell would take the questions behind it along
    ready()
    app.start()
