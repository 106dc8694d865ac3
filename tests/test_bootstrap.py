"""`make` on machines where something is wrong, or nothing is left to do.

A copy of Makefile and `tools/bootstrap.py` runs in a folder of its own. The Python it finds is a
script that runs the real one, except for what would be slow or is to go wrong: its version, the
making of the environment, and pip, which there only tells the story that a test gives it.
"""

import ast
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")

# Answers as Python `version`; `-m venv` makes a folder whose python acts out the file `pip_story`.
FAKE_PYTHON = r"""#!/bin/sh
case "$1 $2" in
  "-m venv")
    for venv in "$@"; do :; done
    mkdir -p "$venv"; rm -rf "$venv"/*; mkdir "$venv/bin"; cp "$0" "$venv/bin/python"; echo "venv" >> "$FAKE_LOG";;
  "-m pip")
    [ "$3" = --version ] && exit 0
    echo "pip" >> "$FAKE_LOG"; . "$FAKE_STORY";;
  "-c "*)
    case "$2" in *ensurepip*) {probe}; exit 0;; esac
    exec {real} "$@";;
  *bootstrap.py*)
    exec {real} -c 'import runpy, sys
sys.version_info = tuple(int(part) for part in "{version}".split(".")) + ("final", 0)
sys.executable = sys.argv[1]
del sys.argv[:2]
runpy.run_path(sys.argv[0], run_name="__main__")' "$0" "$@";;
  *) echo "$*" >> "$FAKE_LOG"; . "$FAKE_STORY";;
esac
"""

STORIES = {
    "compiler": ("echo 'Building wheel for argon2-cffi (pyproject.toml): finished with status error'\n"
                 "echo \"error: command 'gcc' failed: No such file or directory\"\n"
                 "echo 'ERROR: Failed building wheel for argon2-cffi'; exit 1", "no C compiler"),
    "clang": ("echo \"  unable to execute 'x86_64-linux-gnu-gcc': No such file or directory\"; exit 1", "no C compiler"),
    "network": ("echo 'WARNING: Retrying (Retry(total=0)) after connection broken by NewConnectionError: "
                "Temporary failure in name resolution'\n"
                "echo 'ERROR: Could not find a version that satisfies the requirement jax==0.10.2 (from versions: none)'\n"
                "exit 1", "cannot be reached"),
    "silent network": ("echo 'ERROR: Could not find a version that satisfies the requirement setuptools>=77 "
                       "(from versions: none)'\nexit 1", "cannot be reached"),
    "disk": ("echo 'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device'; exit 1",
             "disk is full"),
    "wheel": ("echo 'ERROR: No matching distribution found for jaxlib==0.10.2'; exit 1", "(jaxlib) are not to be had"),
    "unforeseen": ("echo 'ERROR: the moon is blue'; exit 1", "the moon is blue"),
}


class Place:
    """A folder with the project's Makefile and bootstrap, and a PATH that starts with fake Pythons."""

    def __init__(self, folder: Path):
        self.folder, self.bin, self.log = folder / "a project", folder / "bin", folder / "log"
        self.story, self.venv = folder / "story", folder / "a project/.venv"
        (self.folder / "tools").mkdir(parents=True)
        self.bin.mkdir()
        shutil.copy(ROOT / "Makefile", self.folder)
        shutil.copy(ROOT / "tools/bootstrap.py", self.folder / "tools")
        (self.folder / "requirements.txt").write_text("# nothing\n")
        (self.folder / "pyproject.toml").write_text("[project]\n")
        self.log.touch()
        self.tell("exit 0")
        for name in ("python3.13", "python3.12", "python3.11"):     # no real one shall be found
            self.script(name, "#!/bin/sh\necho 'shim: no such version' >&2\nexit 127\n")

    def script(self, name: str, text: str) -> None:
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def python(self, name: str = "python3", version: str = "3.12.4", venv: bool = True) -> None:
        probe = f"echo {version} {'venv' if venv else 'bare'}"
        text = FAKE_PYTHON.replace("{real}", f"'{sys.executable}'").replace("{version}", version)
        self.script(name, text.replace("{probe}", probe))

    def tell(self, story: str) -> None:
        self.story.write_text(story + "\n")

    def environ(self) -> dict:
        env = {k: v for k, v in os.environ.items() if not k.startswith("MAKE") and k not in ("PYTHON", "MFLAGS")}
        return env | {"PATH": f"{self.bin}{os.pathsep}{env['PATH']}", "FAKE_LOG": str(self.log),
                      "FAKE_STORY": str(self.story)}

    def make(self, *arguments: str) -> subprocess.CompletedProcess:
        return self.run("make", *arguments)

    def bootstrap(self, *arguments: str) -> subprocess.CompletedProcess:
        return self.run(str(self.bin / "python3"), "tools/bootstrap.py", *arguments)

    def run(self, *command: str) -> subprocess.CompletedProcess:
        return subprocess.run(command, cwd=self.folder, env=self.environ(), text=True, capture_output=True, timeout=120)

    def start(self) -> subprocess.Popen:
        return subprocess.Popen([str(self.bin / "python3"), "tools/bootstrap.py"], cwd=self.folder, env=self.environ(),
                                text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
                                # Ctrl-C must reach it even where the tests themselves run in the background.
                                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))

    def steps(self) -> list[str]:
        """Return what was done since the last call."""
        done = self.log.read_text().splitlines()
        self.log.write_text("")
        return done


@pytest.fixture
def place(tmp_path) -> Place:
    return Place(tmp_path)


def assert_one_sentence(result: subprocess.CompletedProcess, *words: str) -> None:
    """The command failed with one complaint that says these words, and with no traceback."""
    complaints = [line for line in result.stderr.splitlines() if line.startswith("Setting up stopped.")]
    assert result.returncode == 1 and len(complaints) == 1 and "Traceback" not in result.stderr, result.stderr
    assert all(word in complaints[0] for word in words), complaints[0]
    assert len(complaints[0]) < 400


# ---- the Python that is found

def test_bootstrap_parses_on_an_old_python():
    """A Python as old as 3.6 gets as far as the sentence that says it is too old."""
    ast.parse((ROOT / "tools/bootstrap.py").read_text(), feature_version=(3, 6))


def test_bootstrap_imports_the_standard_library_only():
    """Nothing needs to be installed before the installer runs."""
    tree = ast.parse((ROOT / "tools/bootstrap.py").read_text())
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert names <= sys.stdlib_module_names and not any(isinstance(n, ast.ImportFrom) for n in ast.walk(tree))


def test_an_old_python_is_named(place):
    """With nothing but Python 3.8, one sentence says what was found, what is needed and the way out."""
    place.python(version="3.8.19")
    assert_one_sentence(place.bootstrap(), "3.8.19", "3.11 or newer", "make PYTHON=")
    assert not place.venv.exists()


def test_a_newer_python_on_the_path_is_used(place):
    """When python3 is too old, a fitting one elsewhere on PATH is taken, dead shims being passed over."""
    place.python(version="3.8.19")
    place.python("python3.11", "3.11.9")
    assert place.bootstrap().returncode == 0
    assert json.loads((place.venv / "ready").read_text())["python"] == "3.11.9"


def test_a_named_python_is_not_replaced(place):
    """The Python that the user names is used or refused; no other is taken in its stead."""
    place.python(version="3.8.19")
    place.python("python3.11", "3.11.9")
    assert_one_sentence(place.bootstrap("--exact"), "the one asked for", "3.8.19")


def test_a_missing_venv_module_is_named(place):
    """A Debian Python without its venv module gets the name of the package to install."""
    place.python(venv=False)
    assert_one_sentence(place.bootstrap(), "apt install python3-venv")


@needs_make
def test_no_python_at_all(place):
    """`make` with a Python that does not run says so in one sentence."""
    result = place.make("setup", "PYTHON=/nowhere/python3")
    complaints = [line for line in result.stderr.splitlines() if line.startswith("Setting up stopped.")]
    assert result.returncode and len(complaints) == 1 and "/nowhere/python3" in complaints[0]


@needs_make
def test_make_passes_the_named_python_on(place):
    """`make PYTHON=...` makes the environment with that Python."""
    place.python()
    place.python("python3.11", "3.11.9")
    assert place.make("setup", "PYTHON=python3.11").returncode == 0
    assert json.loads((place.venv / "ready").read_text())["python"] == "3.11.9"


@needs_make
def test_make_does_not_replace_the_named_python(place):
    """`make PYTHON=...` with a Python that is too old is refused, though another would fit."""
    place.python("python3.9", "3.9.18")
    place.python("python3.11", "3.11.9")
    assert "3.9.18" in place.make("setup", "PYTHON=python3.9").stderr and not place.venv.exists()


def test_another_python3_on_the_path_keeps_the_environment(place):
    """A finished environment is not thrown away because `python3` now means another version."""
    place.python()
    place.bootstrap()
    place.steps()
    place.python(version="3.13.1")
    assert place.bootstrap().returncode == 0 and place.steps() == []


# ---- an install that fails, stops, or has nothing to do

@pytest.mark.parametrize("story, words", STORIES.values(), ids=STORIES)
def test_a_failed_install_is_explained_and_mended_by_the_next_run(place, story, words):
    """Each usual failure gives one sentence with a way out and the log; the next run succeeds."""
    place.python()
    place.tell(story)
    result = place.bootstrap()
    assert_one_sentence(result, words, "make")
    log = place.venv / "install.log"
    assert str(log) in result.stderr and log.read_text().strip() and not (place.venv / "ready").exists()
    place.tell("exit 0")
    place.steps()
    assert place.bootstrap().returncode == 0
    assert place.steps() == ["pip"]         # what is sound, the environment, is kept


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_install_is_finished_by_the_next_run(place, how):
    """An install stopped in the middle is not taken for a finished one."""
    place.python()
    place.tell("echo 'Collecting jax'; exec sleep 60")
    child = place.start()
    deadline = time.monotonic() + 60
    while "pip" not in place.log.read_text():
        assert time.monotonic() < deadline and child.poll() is None
        time.sleep(0.05)
    time.sleep(0.3)
    os.killpg(child.pid, how)               # the whole group, as a terminal's Ctrl-C does
    out, _ = child.communicate(timeout=30)
    assert child.returncode and not (place.venv / "ready").exists()
    assert "Traceback" not in out and (how == signal.SIGKILL or "run make again" in out)
    place.tell("exit 0")
    assert place.bootstrap().returncode == 0 and (place.venv / "ready").exists()


def test_a_broken_environment_is_made_anew(place):
    """A `.venv` whose Python does not run any more is thrown away, not trusted."""
    place.python()
    (place.venv / "bin").mkdir(parents=True)
    (place.venv / "bin/python").symlink_to("/nowhere/python3")
    assert place.bootstrap().returncode == 0
    assert place.steps() == ["venv", "pip"]


def test_an_environment_that_is_linked_from_elsewhere_is_left_alone(place):
    """Where .venv is a link to another project's environment, an own one is made, and the other stays as it is."""
    place.python()
    other = place.folder.parent / "other"
    (other / "bin").mkdir(parents=True)
    (other / "ready").write_text(json.dumps({"root": "elsewhere"}))
    place.venv.symlink_to(other)
    assert place.bootstrap().returncode == 0
    assert not place.venv.is_symlink() and sorted(p.name for p in other.iterdir()) == ["bin", "ready"]


def test_nothing_changed_is_a_no_op(place):
    """A second run takes no step and says nothing."""
    place.python()
    assert place.bootstrap().returncode == 0
    place.steps()
    result = place.bootstrap()
    assert result.returncode == 0 and result.stdout == "" and place.steps() == []


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_changed_requirements_are_installed(place, name):
    """When an input changes the packages are installed again, into the same environment."""
    place.python()
    place.bootstrap()
    place.steps()
    (place.folder / name).write_text("# changed\n")
    assert place.bootstrap().returncode == 0
    assert place.steps() == ["pip"]


def test_a_failed_change_is_not_forgotten(place):
    """Taking a change back after its install failed half way installs again."""
    place.python()
    place.bootstrap()
    (place.folder / "requirements.txt").write_text("# changed\n")
    place.tell("exit 1")
    assert place.bootstrap().returncode == 1
    (place.folder / "requirements.txt").write_text("# nothing\n")
    place.tell("exit 0")
    place.steps()
    assert place.bootstrap().returncode == 0
    assert place.steps() == ["pip"]


def test_a_real_environment(place):
    """Without any stand-in, an environment is made whose Python and pip run."""
    command = [sys.executable, "tools/bootstrap.py"]
    subprocess.run(command, cwd=place.folder, env=place.environ(), check=True, capture_output=True, timeout=300)
    subprocess.run([place.venv / "bin/python", "-m", "pip", "--version"], check=True, capture_output=True)
    stamp = json.loads((place.venv / "ready").read_text())
    assert stamp["python"] == ".".join(map(str, sys.version_info[:3]))


# ---- make

def write_inputs(place: Place) -> None:
    """Give the place an input for every step, and a finished environment."""
    place.python()
    for name in ("book/page.md", "book/figures/page.py", "_config.yml", "_toc.yml", "assignments/one/source.py",
                 "autograder/cli.py", "setup.py", "slides/deck.md", "tools/build_site.py", "tools/downloads.py",
                 "tools/build_slides.py", "tools/build_pdf.py", "tools/print.css", "tools/sample_class.py", "tools/summary.py"):
        (place.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (place.folder / name).write_text("")
    place.tell("mkdir -p course _build/html/slides _build/html/handouts; touch _build/html/index.html _build/html/jax-autodiff.pdf; exit 0")
    assert place.make().returncode == 0


STEPS = ["tools/build_site.py", "tools/build_slides.py", "-m autograder handout", "tools/sample_class.py",
         "tools/browser.py", "tools/build_pdf.py", "tools/summary.py"]
BROWSER, SUMMARY = STEPS[4], STEPS[6]


@needs_make
def test_make_does_every_step_once(place):
    """`make` sets up, builds, hands out, grades, prints and sums up; the second time it only sums up."""
    write_inputs(place)
    assert place.steps() == ["venv", "pip", *STEPS]
    assert place.make().returncode == 0
    assert place.steps() == [BROWSER, SUMMARY]
    assert place.make("-q", "site", "slides", "pdf", "handouts", "grade").returncode == 0


@needs_make
def test_naming_another_python_makes_the_environment_anew(place):
    """`make PYTHON=...` replaces an environment of another version, once."""
    write_inputs(place)
    place.steps()
    place.python("python3.11", "3.11.9")
    place.make("PYTHON=python3.11")
    assert place.steps() == ["venv", "pip", *STEPS]
    assert json.loads((place.venv / "ready").read_text())["python"] == "3.11.9"
    place.make("PYTHON=python3.11")
    assert place.steps() == [BROWSER, SUMMARY]


@needs_make
@pytest.mark.parametrize("changed, steps", [
    ("book/page.md", [*STEPS[:2], STEPS[5]]), ("book/figures/page.py", [*STEPS[:2], STEPS[5]]),
    ("_toc.yml", [*STEPS[:2], STEPS[5]]), ("slides/deck.md", STEPS[1:2]), ("tools/print.css", STEPS[5:6]),
    ("assignments/one/source.py", [*STEPS[:4], STEPS[5]]), ("autograder/cli.py", [*STEPS[:4], STEPS[5]]),
    ("tools/sample_class.py", STEPS[3:4]), ("requirements.txt", ["pip", *STEPS[:4], STEPS[5]])])
def test_make_repeats_what_depends_on_a_change(place, changed, steps):
    """An edited input repeats its own steps and no other."""
    write_inputs(place)
    place.steps()
    (place.folder / changed).write_text("# changed\n")
    later = time.time() + 2             # newer than any stamp, even where the clock of files is coarse
    os.utime(place.folder / changed, (later, later))
    assert place.make("site", "slides", "handouts", "grade", "pdf").returncode == 0
    assert place.steps() == steps


@needs_make
def test_a_touched_file_with_the_same_content_installs_nothing(place):
    """A newer date alone, as a checkout leaves it, costs no install, and is asked about once."""
    write_inputs(place)
    place.steps()
    os.utime(place.venv / "ready", (0, 0))
    assert place.make("-q", ".venv/ready").returncode == 1
    assert place.make(".venv/ready").returncode == 0 and place.steps() == []
    assert place.make("-q", ".venv/ready").returncode == 0


@needs_make
def test_make_repeats_a_step_that_failed(place):
    """A step that failed leaves no stamp."""
    write_inputs(place)
    (place.folder / "_build/.stamps/site").unlink()
    place.script("python", "#!/bin/sh\nexit 1\n")
    shutil.copy(place.bin / "python", place.venv / "bin/python")
    assert place.make("site").returncode != 0
    assert place.make("-q", "site").returncode == 1


@needs_make
@pytest.mark.parametrize("gone, steps", [("_build/html", [*STEPS[:2], STEPS[5]]), ("course", STEPS[2:4])])
def test_make_repeats_a_step_whose_result_was_deleted(place, gone, steps):
    """What a step made and somebody removed by hand is made again."""
    write_inputs(place)
    place.steps()
    shutil.rmtree(place.folder / gone)
    assert place.make("site", "slides", "handouts", "grade", "pdf").returncode == 0
    assert place.steps() == steps


@needs_make
def test_without_a_browser_make_does_the_rest(place):
    """Where no browser starts there is no PDF, and everything else; asked for, the PDF fails."""
    write_inputs(place)
    place.steps()
    (place.folder / "_build/html/jax-autodiff.pdf").unlink()
    place.tell('case "$*" in *browser.py*|*build_pdf.py*) echo "no Chromium" >&2; exit 1;; esac; exit 0')
    result = place.make()
    assert result.returncode == 0 and "no Chromium" in result.stderr and "no PDF" in result.stderr
    assert place.steps() == [BROWSER, SUMMARY]
    assert place.make("pdf").returncode != 0


@needs_make
def test_make_help_lists_every_target(place):
    """Every target that a person may name has a line in `make help`."""
    text = (ROOT / "Makefile").read_text()
    targets = set(re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)[1].split()) - {"FORCE"}
    told = dict(line.split(None, 2)[1:] for line in place.make("help").stdout.splitlines())
    assert {"all", "setup", "site", "handouts", "grade", "test", "lock", "serve", "clean", "help"} <= targets
    assert set(told) == targets and all(told.values())


@needs_make
def test_make_clean_keeps_the_environment(place):
    """`make clean` removes what was built, `make distclean` the environment too."""
    write_inputs(place)
    place.make("clean")
    assert place.venv.exists() and not (place.folder / "_build").exists() and not (place.folder / "course").exists()
    place.make("distclean")
    assert not place.venv.exists()
