"""The warm parent of all kernels: it has imported what they need, and forks one whenever asked.

It runs in the sandbox, holds nothing of anybody's, and has no thread and no JAX backend, so that a
fork of it is a fresh Python with its imports done.
    python nursery.py '{"tier": …, "kit": …, "kernels": …, "readable": […], "limits": {…}}' FD
"""

import gc
import glob
import importlib
import io
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
from contextlib import suppress

# What a kernel imports when it starts, shows its first error, its first plot. One that is not there costs only time.
LATER = ("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.oinspect", "IPython.core.pylabtools",
         "IPython.extensions.storemagic", "PIL.JpegImagePlugin", "PIL.PngImagePlugin", "ipykernel.debugger", "jax.experimental.jet",
         "pygments.formatters.terminal256", "pygments.styles.default", "stack_data", "tornado.platform.asyncio", "tornado.queues")


def warm() -> None:
    """Import what nearly every notebook imports."""
    sys.modules["debugpy"] = None       # half of what a kernel's start would take; nobody debugs here
    import ipykernel.kernelapp
    import ipykernel.zmqshell
    import IPython.core.completer
    import jax
    import jax.numpy
    import matplotlib.backends.backend_agg
    import matplotlib.pyplot
    import numpy

    import autograder.asking
    from autograder import assignment

    for name in LATER:
        with suppress(ImportError):
            importlib.import_module(name)
    for slug in assignment.slugs():
        assignment.load(slug, "questions")

    # It looks for its shell when it is imported, so each kernel does that.
    sys.modules.pop("matplotlib_inline.backend_inline", None)


def rehearse_plot() -> None:
    """Draw the plot that this course draws most: afterwards the labels of logarithmic axes need no parsing."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    figure.subplots().loglog([1e-16, 1e2], [1e-16, 1e2])
    FigureCanvasAgg(figure).print_png(io.BytesIO())


def main(settings: dict, control: socket.socket) -> None:
    """Fork a keeper with its kernel for each message on `control`: a name, and its link as a descriptor."""
    from autograder.sandbox import keeper, system

    system.prctl(system.PR_SET_DUMPABLE, 0)
    os.setsid()
    fonts(settings["kit"])
    signal.signal(signal.SIGINT, signal.SIG_IGN)        # Ctrl-C is for the grader, which then ends us
    warm()
    gc.collect()
    gc.freeze()                         # a later collection would copy pages that are shared now
    control.send(b"warm")
    rehearsed = False
    while True:
        message, descriptors, *_ = socket.recv_fds(control, 1000, 1)
        if not message:
            return
        reap()
        link = socket.socket(fileno=descriptors[0])
        if keeper.fork(settings["tier"]) == 0:
            control.close()
            keeper.start(settings, message.decode(), link)
        link.close()
        if not rehearsed:               # while the first kernel works, so that it need not wait for this
            rehearse_plot()
            rehearsed = True


def fonts(kit: str) -> None:
    """Give matplotlib the list of fonts that it would take a second to make."""
    folder = tempfile.mkdtemp(prefix="matplotlib-")
    os.environ["MPLCONFIGDIR"] = folder
    for path in glob.glob(f"{kit}/fontlist-*.json"):
        shutil.copy(path, folder)


def reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            continue
    except ChildProcessError:
        pass


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    sys.path.insert(0, given["kit"])
    main(given, socket.socket(fileno=int(sys.argv[2])))
