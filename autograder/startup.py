"""What makes the command line answer sooner: set before anything large is imported."""

import hashlib
import os
import platform
import sys
from pathlib import Path


def quick() -> None:
    """Prepare this process: JAX on the CPU, what it compiles kept for next time, no parser that nothing here uses."""
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    # jsonschema, which nbformat imports, builds a grammar of web addresses (0.9 s) where this package is installed.
    # It takes its absence as well; the schema of notebooks asks for no such check.
    sys.modules.setdefault("rfc3987_syntax", None)
    if "JAX_COMPILATION_CACHE_DIR" not in os.environ and (folder := _cache()):
        os.environ["JAX_COMPILATION_CACHE_DIR"] = str(folder)
        os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
        os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")


def _cache() -> Path | None:
    """A folder for compiled references, of this user and this kind of processor; None where there can be none."""
    try:
        home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        folder = Path(home) / "autodiff-course" / f"xla-{_processor()}"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder if os.access(folder, os.W_OK) else None


def _processor() -> str:
    """A short hash of what this processor can do: compiled code runs only where that is the same."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        features = "".join(sorted({line for line in lines if line.startswith(("flags", "Features", "model name"))}))
    except OSError:
        features = platform.node()
    return hashlib.sha256(f"{platform.machine()} {features}".encode()).hexdigest()[:12]
