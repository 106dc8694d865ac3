"""Grade one class by plain `nbgrader autograde` and by `autograder grade`, alternating, and compare. `make benchmark`.

Also how long one cold `autograder check` takes, and whether memory stays flat over 2,000 submissions. The tables
go to benchmarks/grading.md, which the instructors' page shows.
"""

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
from datetime import date
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from autograder import startup  # noqa: E402

startup.quick()
os.environ["PYTHONPATH"] = str(ROOT)                    # for the plain kernels, which import benchmarks.in_kernel
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

import nbformat  # noqa: E402

from autograder.course import Course  # noqa: E402
from autograder.sandbox import tiers  # noqa: E402
from benchmarks import classes, inside, measure  # noqa: E402

NBGRADER = [sys.executable, "-m", "nbgrader", "autograde", classes.SLUG, "--create", "--force"]
OURS = [sys.executable, "-m", "autograder", "grade", classes.SLUG, "--course-dir", "."]
TOP = "plain `nbgrader autograde`, JAX references in the tests"         # as nbgrader's manual teaches
BOTTOM = "plain `nbgrader autograde` with our verdict outside"         # in our course directory, AUTOGRADER_SANDBOX=none
ONE, TWO = "`autograder grade`, 1 worker", "`autograder grade`, 2 workers"
RUNS = {TOP: ("plain", NBGRADER, {"JUPYTER_DEFAULT_PROVISIONER_NAME": None}), BOTTOM: ("ours", NBGRADER, {"AUTOGRADER_SANDBOX": "none"}),
        ONE: ("ours", [*OURS, "--workers", "1"], {}), TWO: ("ours", [*OURS, "--workers", "2"], {})}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=60, help="submissions in the class")
    parser.add_argument("--rounds", type=int, default=2, help="how often each is run; the median counts")
    parser.add_argument("--soak", type=int, default=2000, help="submissions of the long run; 0 leaves it out")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "grading.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        report = [heading(), rates(Path(folder), options.size, options.rounds), inside.table(options.size),
                  cold(Path(folder)), soak(Path(folder), options.soak) if options.soak else ""]
    text = "\n\n".join(part for part in report if part) + "\n"
    options.out.write_text(text)
    print("\n" + text)


def heading() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (f"Measured on {date.today():%d %B %Y} by `make benchmark` with {cores} cores ({platform.machine()}, {platform.system()} "
            f"{platform.release().split('-')[0]}), Python {platform.python_version()}, JAX {version('jax')}, nbgrader "
            f"{version('nbgrader')}, in the sandbox `{tiers.choose(None)}`.")


def rates(folder: Path, size: int, rounds: int) -> str:
    """Each way of grading in turn, `rounds` times; scores must agree to the last one."""
    class_, found, scores = classes.notebooks(size), {name: [] for name in RUNS}, {}
    templates = {"plain": classes.plain(folder / "plain", class_).root, "ours": classes.ours(folder / "ours", class_).root}
    os.environ["BENCHMARK_SECRET"] = (templates["ours"] / ".autograder" / "secret").read_text().strip()
    for number in range(rounds):
        order = list(RUNS.items())
        for name, (template, command, environment) in order if number % 2 == 0 else order[:0:-1]:      # the slowest once
            root = shutil.copytree(templates[template], folder / "run")
            usage = measure.run(command, root, environment)
            scores[name] = classes.scores(Course(root))
            found[name].append(usage)
            say(f"{name}: {60 * size / usage.wall:.1f} submissions a minute")
            shutil.rmtree(root)
    for name, theirs in scores.items():
        if theirs != scores[TOP] or len(theirs) != size:
            raise SystemExit(f"{name} gives other scores: {difference(scores[TOP], theirs)}")
    wall = {name: statistics.median(u.wall for u in usages) for name, usages in found.items()}
    lines = [f"The same {size} submissions (specimens of assignment 1; a third plot, a quarter import JAX), {rounds} rounds, "
             f"alternating (the first row once); every score is equal. nbgrader's rows run without a sandbox.", "",
             "| | submissions a minute | to the first | to the second | CPU seconds a submission | peak memory |",
             "|---|---:|---:|---:|---:|---:|"]
    for name, usages in found.items():
        cpu, peak = statistics.median(u.cpu for u in usages), max(u.peak for u in usages)
        lines.append(f"| {name} | {60 * size / wall[name]:.1f} | {wall[TOP] / wall[name]:.1f}× | {wall[BOTTOM] / wall[name]:.1f}× | {cpu / size:.2f} | {peak:.0f} MiB |")
    return "\n".join(lines)


def difference(one: dict, other: dict) -> str:
    return "; ".join(f"{s}: {one[s]} and {other.get(s)}" for s in one if one[s] != other.get(s))[:2000]


def cold(folder: Path, times: int = 5) -> str:
    """One `check` in a new process: the very first on a machine, and those after it."""
    path = folder / "one.ipynb"
    nbformat.write(next(iter(classes.notebooks(1).values())), path)
    environment = {"XDG_CACHE_HOME": str(folder / "cache"), "JAX_COMPILATION_CACHE_DIR": None}
    command = [sys.executable, "-m", "autograder", "check", str(path)]
    seconds = []
    for _ in range(times + 1):
        seconds.append(measure.run(command, ROOT, environment, every=60).wall)
        say(f"check: {seconds[-1]:.2f} s")
    return (f"One `autograder check` in a new process takes {statistics.median(seconds[1:]):.1f} s (median of {times}); the very first "
            f"one of a user, which also compiles the references, {seconds[0]:.1f} s.")


def soak(folder: Path, count: int) -> str:
    """A large class in one run; memory after each tenth of it."""
    course = classes.ours(folder / "soak", classes.notebooks(count))
    usage = measure.run([*OURS, "--workers", "2"], course.root, every=2)
    if len(classes.scores(course)) != count:
        raise SystemExit("the soak lost a submission")
    tenths = [statistics.median(m for t, m in usage.trace if i <= 10 * t / usage.wall < i + 1) for i in range(10)]
    say(f"soak: {count} in {usage.wall:.0f} s")
    return (f"A run of {count:,} submissions with 2 workers: {60 * count / usage.wall:.0f} a minute. Memory of all processes together, "
            f"median of each tenth of the run, in MiB: {', '.join(f'{m:.0f}' for m in tenths)}.")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
