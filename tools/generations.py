"""Run every exported notebook, the answers of quizzes and the grader's own tests on other generations of JAX.

    python tools/generations.py             the oldest that we promise, and the newest there is
    python tools/generations.py 0.7.2       one

The oldest is Colab's; it comes with Colab's other versions. Each gets an environment of its own,
`.venv-jax/<version>`, made once: with Colab's Python if the machine has it, else with the one that runs this. The
notebooks are those of the built site, so `make site` comes first.
"""

import contextlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = "0.7.2"                       # what Colab has
PACKAGES = ["numpy", "matplotlib", "ipykernel", "jupytext", "nbclient", "nbformat", "nbgrader", "pytest", "hypothesis",
            "autograd", "diffrax", "iminuit", "keras", "numba", "odrpack", "optax", "optimistix", "scikit-learn", "sympy"]
# Colab's versions beside its JAX, as of August 2026.
COLAB = ["numpy==2.1.3", "matplotlib==3.10.0", "ipython==7.34.0", "ipykernel==6.17.1"]
# Colab has the first; pyenv keeps its Pythons off the PATH.
PYTHONS = [name for version in ("3.13", "3.12") for name in (
    f"python{version}", *map(str, Path.home().glob(f".pyenv/versions/{version}.*/bin/python")))]
TESTS = ["tests/test_wire.py", "tests/test_compare.py", "tests/test_verdict.py"]


def python_to_use() -> str:
    """Return the Python that makes the environments: Colab's or the one before it if it is here, else ours."""
    for name in PYTHONS:
        with contextlib.suppress(OSError):
            if subprocess.run([name, "-c", "import ensurepip, venv"], capture_output=True).returncode == 0:
                return name
    return sys.executable


def environment(version: str) -> Path:
    """Make `.venv-jax/<version>` if it is not there; returns its Python."""
    folder = ROOT / ".venv-jax" / version
    python = folder / "bin" / "python"
    ready = folder / "ready"            # and with which packages
    packages, base = [*PACKAGES, *(COLAB if version == OLDEST else [])], python_to_use()
    if not ready.exists() or ready.read_text() != " ".join([base, *packages]):
        print(f"making {folder.relative_to(ROOT)} …", flush=True)
        wanted = ["jax", "jaxlib"] if version == "newest" else [f"jax=={version}", f"jaxlib=={version}"]
        subprocess.run([base, "-m", "venv", "--clear", folder], check=True)
        pip = subprocess.run([python, "-m", "pip", "install", "--disable-pip-version-check", *wanted, *packages],
                             capture_output=True, text=True)
        if pip.returncode:
            sys.exit(f"JAX {version} could not be installed with {base}:\n{pip.stderr[-2000:]}")
        ready.write_text(" ".join([base, *packages]))
    return python


def run(version: str) -> list[str]:
    """Run all notebooks and tests on one version; returns what failed."""
    notebooks = sorted((ROOT / "_build/html/notebooks").glob("*.ipynb"))
    if not notebooks:
        sys.exit("expected notebooks in _build/html/notebooks, found none: run make site first")
    python, failed = environment(version), []
    env = os.environ | {"JAX_PLATFORMS": "cpu", "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'book/_ext'}"}
    jobs = {path.name: [python, "tools/run_notebook.py", str(path)] for path in notebooks}
    jobs["the grader's tests"] = [python, "-m", "pytest", "-q", "-o", "addopts=", *TESTS]
    jobs["the answers of quizzes"] = [sys.executable, "-m", "quiz.course", str(python)]
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:         # four notebooks need some 4 GB
        run_one = partial(subprocess.run, cwd=ROOT, env=env, capture_output=True, text=True)
        for name, done in zip(jobs, pool.map(run_one, jobs.values())):
            last = (done.stdout.strip() or done.stderr.strip()).splitlines()[-1:]
            print(f"  {version:<8} {name:<30} {'ok' if done.returncode == 0 else 'FAILED'}  {''.join(last)}", flush=True)
            if done.returncode:
                failed.append(f"{version} {name}")
                print(done.stderr[-2000:])
    return failed


if __name__ == "__main__":
    failures = [f for version in sys.argv[1:] or [OLDEST, "newest"] for f in run(version)]
    sys.exit(f"failed: {', '.join(failures)}" if failures else 0)
