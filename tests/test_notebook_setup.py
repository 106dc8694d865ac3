"""The first cell of a notebook adds the packages that are missing, and leaves JAX as the machine has it.

The cell runs with the real pip, in an environment that has made-up packages, from a folder in place of an index.
"""

import json
import os
import subprocess
import sys
import zipfile

import pytest
from notebook_export import cells


def write_wheel(folder, name: str, version: str, requires: str = "") -> None:
    """Write a wheel of a module that has nothing but its version."""
    needs = f"Requires-Dist: {requires}\n" if requires else ""
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{name}.py", f"version = {version!r}\n")
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """A function that runs the first cell, and a line after it, in an environment with JAX 1 and an index with JAX 2."""
    folder = tmp_path_factory.mktemp("machine")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    wheels = folder / "wheels"
    wheels.mkdir()
    for wheel in (["jax", "1.0"], ["jax", "2.0"], ["modest", "1.0", "jax"], ["greedy", "1.0", "jax>=2"],
                  ["choosy", "1.0", "jax<2"], ["choosy", "2.0", "jax>=2"],
                  ["jaxtyping", "1.0"], ["jaxtyping", "2.0"], ["typed", "1.0", "jaxtyping>=2"]):
        write_wheel(wheels, *wheel)
    python, env = folder / "venv/bin/python", os.environ | {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}
    subprocess.run([python, "-m", "pip", "install", "-q", "jax==1.0", "jaxtyping==1.0"], env=env, check=True)

    def run(*packages: str, then: str = "", env=env):
        source = cells.SETUP.format(needed=json.dumps({name: name for name in packages}))
        return subprocess.run([python, "-c", f"{source}\n{then}"], env=env, capture_output=True, text=True, cwd=folder)
    return run


def test_what_is_missing_is_installed(machine):
    """A missing package can be imported right after the cell, which says nothing; JAX is the machine's."""
    done = machine("jax", "modest", then="import jax, modest; print(jax.version, modest.version)")
    assert (done.stdout, done.stderr) == ("1.0 1.0\n", "")


def test_an_older_package_is_taken_that_fits_the_machines_jax(machine):
    """Where the newest version asks for a newer JAX, pip finds one that does not."""
    done = machine("choosy", then="import jax, choosy; print(jax.version, choosy.version)")
    assert done.stdout == "1.0 1.0\n"


def test_jax_is_never_replaced(machine):
    """Where every version asks for a newer JAX, the cell fails and says what could not be had beside what."""
    done = machine("greedy")
    assert done.returncode and "greedy could not be installed beside jax==1.0" in done.stderr
    assert machine(then="import jax; print(jax.version)").stdout == "1.0\n"


def test_only_jax_and_numpy_are_held(machine):
    """A package whose name begins like JAX's may be renewed."""
    done = machine("typed", then="import jaxtyping, typed; print(jaxtyping.version)")
    assert done.stdout == "2.0\n"


def test_with_nothing_missing_pip_is_not_asked(machine):
    """On a machine that has everything the cell needs no index."""
    done = machine("jax", env={"PIP_FIND_LINKS": "nowhere"}, then="print('pip' in globals())")
    assert (done.stdout, done.stderr) == ("False\n", "")


@pytest.mark.parametrize("source, names", [
    ("import os, jax.numpy as jnp\nfrom scipy import stats", {"jax", "scipy"}),
    ("try:\n    import optax\nexcept ImportError:\n    pass", {"optax"}),
    ("%matplotlib inline\n!ls\nfrom figures import arrays as draw", {"figures.arrays"}),
    ("from . import x", set()),
])
def test_imports_are_found(source, names):
    """Modules that Python does not have itself are found wherever the code imports them."""
    assert cells.imports(source) == names


@pytest.mark.parametrize("module", ["x = '''y'''\n", "x = 1 + \\"])
def test_a_module_that_cannot_be_carried_is_refused(tmp_path, module):
    """A figure module that would end the text it is carried in is an error that says how to write it."""
    (tmp_path / "figures").mkdir()
    (tmp_path / "matplotlibrc").write_text("font.size: 11\n")
    (tmp_path / "figures/bad.py").write_text(module)
    with pytest.raises(ValueError, match="figures/bad.py has"):
        cells.figures_cell(tmp_path / "figures", "bad")


def test_a_module_and_its_package_may_differ_in_name():
    """What pip installs is the name of the package."""
    assert cells.packages({"sklearn", "jax"}) == {"jax": "jax", "sklearn": "scikit-learn"}
