"""Run every page, the answers of quizzes and the grader's own tests on other generations of JAX than the pinned one.

    python tools/generations.py             the oldest that we promise, and the newest there is
    python tools/generations.py 0.7.2       one

Each version gets an environment of its own, `.venv-jax/<version>`, made once with the Python that
runs this. The newest JAX may ask for a newer Python: `python3.13 tools/generations.py newest`.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = "0.7.2"                       # what Colab has
PACKAGES = ["numpy", "matplotlib", "ipykernel", "jupytext", "nbclient", "nbformat", "nbgrader", "pytest", "hypothesis",
            "autograd", "diffrax", "iminuit", "keras", "numba", "odrpack", "optax", "optimistix", "scikit-learn", "sympy"]
TESTS = ["tests/test_wire.py", "tests/test_compare.py", "tests/test_verdict.py"]
RUN_PAGE = """
import sys, jax, jupytext
from nbclient import NotebookClient
nb = jupytext.read(sys.argv[1], fmt="md:myst")
client = NotebookClient(nb, timeout=120, kernel_name="python3", resources={"metadata": {"path": "book"}})
client.create_kernel_manager()
client.km.kernel_spec.argv[0] = sys.executable
client.execute()
noise = [o.text for c in nb.cells for o in c.get("outputs", []) if o.get("name") == "stderr"]
assert not noise, noise
print("jax", jax.__version__, "ok")
"""


def environment(version: str) -> Path:
    """Make `.venv-jax/<version>` if it is not there; returns its Python."""
    folder = ROOT / ".venv-jax" / version
    python = folder / "bin" / "python"
    ready = folder / "ready"            # and with which packages
    if not ready.exists() or ready.read_text() != " ".join(PACKAGES):
        print(f"making {folder.relative_to(ROOT)} …", flush=True)
        wanted = ["jax", "jaxlib"] if version == "newest" else [f"jax=={version}", f"jaxlib=={version}"]
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pip = subprocess.run([python, "-m", "pip", "install", "--disable-pip-version-check", *wanted, *PACKAGES],
                             capture_output=True, text=True)
        if pip.returncode:
            sys.exit(f"JAX {version} could not be installed with Python {sys.version.split()[0]}:\n{pip.stderr[-2000:]}")
        ready.write_text(" ".join(PACKAGES))
    return python


def run(version: str) -> list[str]:
    """Run all pages and tests on one version; returns what failed."""
    python, failed = environment(version), []
    env = os.environ | {"JAX_PLATFORMS": "cpu", "MATPLOTLIBRC": str(ROOT / "book" / "matplotlibrc"), "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'book/_ext'}"}
    pages = [p for p in sorted((ROOT / "book").glob("*.md")) if "{code-cell}" in p.read_text(encoding="utf-8")]
    jobs = {p.name: [python, "-c", RUN_PAGE, str(p)] for p in pages}
    jobs["the grader's tests"] = [python, "-m", "pytest", "-q", "-o", "addopts=", *TESTS]
    jobs["the answers of quizzes"] = [sys.executable, "-m", "quiz.course", str(python)]
    for name, command in jobs.items():
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
        last = (done.stdout.strip() or done.stderr.strip()).splitlines()[-1:]
        print(f"  {version:<8} {name:<30} {'ok' if done.returncode == 0 else 'FAILED'}  {''.join(last)}", flush=True)
        if done.returncode:
            failed.append(f"{version} {name}")
            print(done.stderr[-2000:])
    return failed


if __name__ == "__main__":
    failures = [f for version in sys.argv[1:] or [OLDEST, "newest"] for f in run(version)]
    sys.exit(f"failed: {', '.join(failures)}" if failures else 0)
