"""A guard around a student's function: while it is asked, no derivative transform and no other process.

For questions whose derivative is to be written by hand. A transform that is called, under whatever
name and on whatever function, is noticed by its code, refused, and remembered. It is a guard and no
proof: it runs in the student's own process. What it cannot notice still earns nothing but what the
answers are worth.
"""

import _thread
import inspect
import sys
import threading
from contextlib import contextmanager
from functools import lru_cache
from types import CodeType

from autograder.probe import Traced

TRANSFORMS = ("grad", "value_and_grad", "jvp", "vjp", "linearize", "jacfwd", "jacrev", "jacobian", "hessian")
PROCESSES = ("os.fork", "os.forkpty", "os.exec", "os.posix_spawn", "os.system", "subprocess.Popen")
THREADS = frozenset(f for name in ("start_new_thread", "start_new", "start_joinable_thread") if (f := getattr(_thread, name, None)))
CHANGED = "a change of the profile hook"
MESSAGE = "this question asks for a derivative written by hand; {} is not to be used while it is asked"


@lru_cache(maxsize=1)
def _codes() -> dict[CodeType, str]:
    """The code of every public transform, and of the functions that it returns, with its name."""
    import jax
    from jax.experimental import jet

    functions = {f"jax.{name}": getattr(jax, name) for name in TRANSFORMS if hasattr(jax, name)} | {"jet": jet.jet}
    found: dict[CodeType, str] = {}
    for name, function in functions.items():
        new = [inspect.unwrap(function).__code__]
        while new:
            code = new.pop()
            found.setdefault(code, name)
            new += [c for c in code.co_consts if isinstance(c, CodeType) and c.co_name != "<lambda>"]
    return found


class _Watch:
    """What the hooks write to: whether one is watching now, and what it noticed."""

    def __init__(self):
        self.on, self.noticed = False, ""
        self.changing = False           # we set the profile ourselves


_watch = _Watch()
_installed: list[bool] = []


def _audit(event: str, _) -> None:
    """An audit hook cannot be taken away again; it sleeps while nobody watches."""
    if not _watch.on:
        return
    if event in PROCESSES:
        raise PermissionError(MESSAGE.format("another process"))
    if event == "sys.setprofile" and not _watch.changing:
        _watch.noticed = _watch.noticed or CHANGED


@contextmanager
def hands_only():
    """Within the block derivative transforms raise Traced; yields a function that tells what was noticed."""
    codes = _codes()
    if not _installed:
        sys.addaudithook(_audit)
        _installed.append(True)

    def profile(frame, event, called):
        if event == "call" and frame.f_code in codes:
            _watch.noticed = codes[frame.f_code]
            raise Traced(MESSAGE.format(_watch.noticed))
        if event == "c_call" and called in THREADS:         # Python 3.11 has no audit event for it
            _watch.noticed = "another thread"               # remembered, as a hook that raises is taken away
            raise Traced(MESSAGE.format(_watch.noticed))

    before = sys.getprofile()
    _watch.noticed, _watch.changing, _watch.on = "", True, True
    threading.setprofile(profile)
    sys.setprofile(profile)
    _watch.changing = False
    try:
        yield lambda: _watch.noticed
    finally:
        _watch.changing = True
        sys.setprofile(before)
        threading.setprofile(None)
        _watch.on = _watch.changing = False
