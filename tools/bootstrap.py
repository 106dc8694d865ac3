"""Make `.venv` and install `requirements.txt` into it; do nothing when that is done already.

Its jobs:
- find a Python that fits, or say in one sentence what was found, what is needed and the way out;
- make the virtual environment, or mend one that was left half made;
- install the pinned packages, pip's own words going to `.venv/install.log`;
- turn the usual failures of an install into one sentence and a way out;
- write `.venv/ready` last of all, so that an interrupted install is never taken for a finished one.

Only the standard library is used, and only syntax that Python 3.6 reads, so that a Python too old
to run the course can still say so.
"""

import argparse
import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = os.path.join(VENV, "bin", "python")
READY = os.path.join(VENV, "ready")
LOG = os.path.join(VENV, "install.log")
INPUTS = ("requirements.txt", "pyproject.toml")

OLDEST = (3, 11)
NEWEST_LOCKED = (3, 13)     # the last version that requirements.txt was resolved for
WAY_OUT = ("install one (for example from python.org, or `apt install python3 python3-venv`, "
           "or `brew install python@3.13`) and name it: make PYTHON=/path/to/python3.13")

# What pip says when it fails, in the order to look for it: a lost network, for example, also makes
# pip say that no version matches.
FAILURES = (
    (r"ensurepip is not available|No module named '?(?:venv|ensurepip)",
     "Python {python} cannot make a virtual environment: install its venv module "
     "(`apt install python3-venv`) and run make again."),
    (r"No space left on device|Errno 28|Disk quota exceeded",
     "The disk is full: the environment needs about 1 GB under {root}; free some space and run make again."),
    (r"unable to execute '?[\w.+-]*(?:cc|\+\+|clang)|command '[^']*(?:cc|\+\+|clang)[^']*' failed: No such file"
     r"|Microsoft Visual C\+\+ .* is required|invalid active developer path|No CMAKE_C(?:XX)?_COMPILER"
     r"|(?:[Uu]nknown compiler|no acceptable C compiler|No C compiler found)",
     "A package{package} has no ready-made build for Python {python} on this machine, and there is no C "
     "compiler to build it: install one (`apt install build-essential`, `xcode-select --install`), or use "
     "Python 3.11, 3.12 or 3.13 (make PYTHON=python3.13), and run make again."),
    (r"name resolution|Could not resolve host|nodename nor servname|getaddrinfo failed|NewConnectionError"
     r"|Failed to establish a new connection|Network is unreachable|Connection (?:refused|reset|timed out)"
     r"|ConnectTimeout|Read timed out|ReadTimeoutError|ProxyError|CERTIFICATE_VERIFY_FAILED|SSLError"
     # Every index has setuptools, for every Python: if none is found, no index was.
     r"|requirement setuptools\S* \(from versions: none\)",
     "The package index cannot be reached: check the network (and HTTPS_PROXY, if you need a proxy), "
     "and run make again; what was downloaded is kept."),
    (r"No matching distribution found for|Could not find a version that satisfies|requires a different Python",
     "The pinned packages{package} are not to be had for Python {python} on this machine: use Python 3.11, "
     "3.12 or 3.13 (make PYTHON=python3.13), or resolve the pins anew with `make lock`."),
)
PACKAGE_NAMES = (r"No matching distribution found for ([\w.-]+)",
                 r"Failed building wheel for ([\w.-]+)",
                 r"Could not build wheels for ([\w.-]+)",
                 r"Failed to build '?([\w.-]+)")


class Stop(Exception):
    """Setting up cannot go on; the message says why and what to do."""


def say(text):
    print(text)
    sys.stdout.flush()


def dotted(version):
    return ".".join(str(part) for part in version)


def probe(python):
    """Return (version, has_venv) of the Python called `python`, or None if it does not run.

    It is run for real: a name on PATH may be a shim with nothing behind it.
    """
    code = ("import sys; v = '.'.join(map(str, sys.version_info[:3]))\n"
            "try:\n    import venv, ensurepip\n    print(v, 'venv')\n"
            "except ImportError:\n    print(v, 'bare')")
    try:
        out = subprocess.run([python, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                             timeout=60, check=True).stdout.decode().split()
        return tuple(int(part) for part in out[0].split(".")), out[1] == "venv"
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None


def find_python(exact):
    """Return the path and version of the Python to build the environment with.

    Args:
      exact: whether the running Python was asked for by name, so that no other will do.
    Raises: Stop if there is none that fits and has the module venv.
    """
    found, newer, bare = [dotted(sys.version_info[:3])], None, None
    names = [sys.executable] + ([] if exact else ["python3.13", "python3.12", "python3.11"])
    for name in names:
        path = shutil.which(name)
        if name == sys.executable:
            # Not probed when too old: it may be too old to be worth asking about venv.
            answer = probe(name) if sys.version_info[:2] >= OLDEST else None
        else:
            answer = probe(path) if path else None
        if answer is None:
            continue
        version, has_venv = answer
        if dotted(version) not in found:
            found.append(dotted(version))
        if version[:2] < OLDEST:
            continue
        if not has_venv:
            bare = bare or version
        elif version[:2] <= NEWEST_LOCKED or exact:
            return path or name, version
        else:
            newer = newer or (path or name, version)
    if newer:
        say("Python {} is newer than the pinned packages were resolved for (3.11 to 3.13); trying it."
            .format(dotted(newer[1])))
        return newer
    if bare:
        raise Stop("Python {} has no venv module: install it (`apt install python3-venv`, or "
                   "`apt install python{}-venv`) and run make again."
                   .format(dotted(bare), dotted(bare[:2])))
    raise Stop("The course needs Python 3.11 or newer, and {} is Python {}: {}.".format(
        "the one asked for" if exact else "what was found", ", ".join(found), WAY_OUT))


def fingerprint():
    """Return a hash of everything that decides what is installed."""
    digest = hashlib.sha256()
    for name in INPUTS:
        path = os.path.join(ROOT, name)
        if not os.path.exists(path):
            raise Stop("{} is missing: restore it (`git checkout -- {}`) and run make again.".format(path, name))
        with open(path, "rb") as file:
            digest.update(name.encode() + b"\0" + file.read() + b"\0")
    return digest.hexdigest()


def read_ready():
    """Return what `.venv/ready` says, or {} if it is not there or cannot be read."""
    try:
        with open(READY) as file:
            stamp = json.load(file)
        return stamp if isinstance(stamp, dict) else {}
    except (OSError, ValueError):
        return {}


def refresh_ready():
    """Make the stamp as new as its inputs, for make; leave it alone when it is, or all would be made again."""
    inputs = [os.path.join(ROOT, name) for name in INPUTS] + [os.path.abspath(__file__)]
    if os.path.getmtime(READY) < max(os.path.getmtime(path) for path in inputs):
        os.utime(READY, None)


def is_ready(stamp, inputs, exact):
    """Whether the environment was finished for these inputs, at this place, and its Python still runs."""
    if stamp.get("inputs") != inputs or stamp.get("root") != ROOT or not os.access(VENV_PYTHON, os.X_OK):
        return False
    return not exact or stamp.get("python") == dotted(sys.version_info[:3])


def clean_environ():
    """Return the environment for venv and pip, without what would make them work elsewhere."""
    strange = ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__")
    env = {name: value for name, value in os.environ.items() if name not in strange}
    return dict(env, PIP_USER="0", PYTHONUNBUFFERED="1")


class Progress:
    """One line on a terminal that is written over and over; elsewhere nothing but the end."""

    def __init__(self):
        self.packages = set()
        self.live = sys.stdout.isatty()

    def __call__(self, line):
        match = re.match(r"\s*(?:Collecting|Requirement already satisfied:) ([\w.-]+)", line)
        if match:
            self.packages.add(match.group(1).lower())
            self.show("{} packages, {}".format(len(self.packages), match.group(1)))
        elif line.startswith("Installing collected"):
            self.show("{} packages, unpacking".format(len(self.packages)))

    def show(self, text):
        if self.live:
            sys.stdout.write("\r\033[K  " + text[:70])
            sys.stdout.flush()

    def end(self):
        if self.live:
            sys.stdout.write("\r\033[K")
            sys.stdout.flush()


def explain(output, python):
    """Return one sentence about why an install failed, and the way out."""
    package = ""
    for pattern in PACKAGE_NAMES:
        match = re.search(pattern, output)
        if match:
            package = " (" + match.group(1) + ")"
            break
    for pattern, sentence in FAILURES:
        if re.search(pattern, output):
            return sentence.format(root=ROOT, package=package, python=python)
    errors = [line.strip() for line in output.splitlines() if re.match(r"\s*error", line, re.IGNORECASE)]
    last = errors[-1] if errors else (output.strip().splitlines() or ["nothing was said"])[-1].strip()
    return "The install failed ({}): mend that and run make again.".format(last.rstrip("."))


def make_environment(exact):
    """Have a `.venv` whose Python and pip run, keeping one that is there and sound.

    Returns: its Python's version. Raises: Stop.
    """
    there = probe(VENV_PYTHON)
    moved = read_ready().get("root", ROOT) != ROOT
    fits = there and there[0][:2] >= OLDEST and (not exact or there[0] == tuple(sys.version_info[:3]))
    if fits and not moved and subprocess.call(
            [VENV_PYTHON, "-m", "pip", "--version"], env=clean_environ(), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
        return there[0]
    python, version = find_python(exact)
    say("Making .venv with Python {} ...".format(dotted(version)))
    if os.path.islink(VENV):            # an environment of another place, which --clear would empty
        os.unlink(VENV)
    # --clear: what an interrupted run left half made would otherwise stay so.
    done = subprocess.run([python, "-m", "venv", "--clear", VENV], env=clean_environ(), cwd=ROOT,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise Stop(explain(done.stdout.decode("utf-8", "replace"), dotted(version)))
    return version


def install(version):
    """Install requirements.txt into `.venv`, pip's words going to the log. Raises: Stop."""
    say("Installing requirements.txt into .venv (a few minutes the first time) ...")
    command = [VENV_PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input",
               "-r", "requirements.txt"]
    progress, said = Progress(), []
    with open(LOG, "w", encoding="utf-8") as log:
        child = subprocess.Popen(command, cwd=ROOT, env=clean_environ(), stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            for raw in child.stdout:
                line = raw.decode("utf-8", "replace")
                log.write(line)
                log.flush()
                said.append(line)
                progress(line)
            status = child.wait()
        finally:
            progress.end()
            if child.poll() is None:
                child.terminate()
                child.wait()
    if status:
        raise Stop(explain("".join(said), dotted(version)) + "\n  pip's log: " + LOG)


def set_up(exact=False, venv_only=False):
    """Bring `.venv` to what requirements.txt and pyproject.toml ask for. Raises: Stop."""
    inputs = fingerprint()
    if is_ready(read_ready(), inputs, exact):
        refresh_ready()
        return
    began = time.time()
    try:
        version = make_environment(exact)
        if venv_only:
            return
        if os.path.exists(READY):
            os.remove(READY)
        install(version)
        with open(READY + ".new", "w") as file:
            json.dump({"inputs": inputs, "python": dotted(version), "root": ROOT}, file, indent=1)
        os.replace(READY + ".new", READY)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Stop(explain("No space left on device", ""))
        raise Stop("{}: check that {} can be written, and run make again.".format(error, VENV))
    say("The environment is ready ({:.0f} s).".format(time.time() - began))


def main(argv=None):
    parser = argparse.ArgumentParser(description="Make .venv and install requirements.txt into it.")
    parser.add_argument("--exact", action="store_true",
                        help="use the Python that runs this, and no other")
    parser.add_argument("--venv-only", action="store_true",
                        help="make the virtual environment, install nothing (for `make lock`)")
    options = parser.parse_args(argv)
    try:
        set_up(options.exact, options.venv_only)
    except Stop as stop:
        print("Setting up stopped. " + str(stop), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted; run make again to go on.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
