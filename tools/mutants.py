"""Change each assignment's reference solution in every small way, and see whether a question notices.

`make mutants` runs this and writes `assignments/mutants.md`. A survivor, a changed solution that still gets full
marks, needs a new case, or a line in the assignment's `equivalent_mutants.toml` that says why it is as right as
the original. Exit status 1 where one has neither.
"""

import argparse
import contextlib
import io
import multiprocessing as mp
import os
import resource
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from queue import SimpleQueue

from autograder import asking, assignment, source, specimen, verdict, wire

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.mutation import Mutant, mutants  # noqa: E402

REPORT = ROOT / "assignments" / "mutants.md"
SEED = 77                       # of the hidden inputs that the mutants meet
SECONDS = 40                    # after which a mutant that has not answered counts as noticed
MEMORY = 8 << 30


@dataclass(frozen=True)
class Result:
    """What became of a mutant: the question that noticed it, or "" for a survivor."""

    slug: str
    cell: str
    mutant: Mutant
    noticed: str


def candidates(slug: str) -> list[tuple[str, Mutant]]:
    """Every mutant of an assignment's reference solution, with the grade id of its cell."""
    return [(cell, m) for cell, code in source.solutions(slug).items() for m in mutants(code)]


def notice(slug: str, changed: str, code: str) -> str:
    """Run the notebook with one cell changed; returns the first question that is not fully right, or ""."""
    space: dict = {}
    reached = False
    for cell in source.source_notebook(slug).cells:
        name = source.grade_id(cell)
        if cell.cell_type != "code" or name == "progress":
            continue
        if source.is_graded(cell):
            if reached:
                _, question = source.question_of(cell)
                try:
                    answers = wire.pack(asking.ask(slug, *specimen.asked(cell, space), SEED))
                except Exception:
                    return question
                if verdict.judge(slug, question, answers, SEED).status != "passed":
                    return question
            continue
        reached = reached or name == changed
        try:
            exec(code if name == changed else cell.source, space)
        except Exception:
            return f"{name} (its cell fails)"
    return ""


def serve(link) -> None:
    """A process that runs mutants, one after the other, silently."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.setrecursionlimit(1000)
    while True:
        job = link.recv()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            try:
                noticed = notice(*job)
            except BaseException as error:
                noticed = type(error).__name__
        link.send(noticed)


class Runner:
    """A process to run mutants in, and a new one whenever a mutant loops or kills it."""

    def __init__(self):
        self.process = None

    def run(self, job: tuple[str, str, str]) -> str:
        if self.process is None:
            self.link, theirs = mp.get_context("spawn").Pipe()
            self.process = mp.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
            self.process.start()
            theirs.close()
        try:
            self.link.send(job)
            if self.link.poll(SECONDS):
                return self.link.recv()
            why = "no answer in time"
        except (EOFError, OSError):
            why = "the process dies"
        self.close()
        return why

    def close(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.join()
            self.process = None


def run(slugs: list[str], workers: int) -> list[Result]:
    """Run all mutants of the assignments; tells on standard error how far it is."""
    jobs = [(slug, cell, mutant) for slug in slugs for cell, mutant in candidates(slug)]
    idle: SimpleQueue = SimpleQueue()
    runners = [Runner() for _ in range(workers)]
    for runner in runners:
        idle.put(runner)
    done = [0]

    def one(job):
        runner = idle.get()
        slug, cell, mutant = job
        try:
            return Result(slug, cell, mutant, runner.run((slug, cell, mutant.code)))
        finally:
            idle.put(runner)
            done[0] += 1
            if sys.stderr.isatty() or done[0] % 50 == 0:
                print(f"\r{done[0]} of {len(jobs)} mutants", end="" if sys.stderr.isatty() else "\n", file=sys.stderr, flush=True)

    with ThreadPoolExecutor(workers) as pool:
        results = list(pool.map(one, jobs))
    for runner in runners:
        runner.close()
    return results


def explanations(slug: str) -> dict[tuple[str, str], str]:
    """By cell and change, why a mutant is as right as the original: an assignment's equivalent_mutants.toml."""
    path = assignment.folder(slug) / "equivalent_mutants.toml"
    listed = tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", []) if path.exists() else []
    return {(m["cell"], m["what"]): m["why"] for m in listed}


def report(results: list[Result], minutes: float) -> tuple[str, int]:
    """The text of mutants.md, and the number of survivors without an explanation."""
    slugs = list(dict.fromkeys(r.slug for r in results))
    rows, parts, bare = [], [], 0
    for slug in slugs:
        mine, known = [r for r in results if r.slug == slug], explanations(slug)
        alive = [r for r in mine if not r.noticed]
        explained = [r for r in alive if (r.cell, r.mutant.what) in known]
        bare += len(alive) - len(explained)
        rows.append(f"| `{slug}` | {len(mine)} | {len(mine) - len(alive)} | {len(explained)} | {len(alive) - len(explained)} |")
        lines = [f"- `{r.cell}`, {r.mutant.what}: {known.get((r.cell, r.mutant.what), '**not explained**')}" for r in alive]
        parts.append("\n".join([f"## {slug}", "", *(lines or ["No survivor."])]))
    head = ("# Mutants\n\nEach reference solution with one small change at a time (another operator, constant or comparison, a "
            "statement or branch left out, arguments swapped), asked every question that comes after the changed cell. *Noticed* "
            "means that points are lost. A survivor that is listed here is as right as the original, for the reason given.\n\n"
            f"Made by `make mutants` on {date.today()}, in {max(1, round(minutes))} minutes on {os.cpu_count()} cores.\n\n"
            "| assignment | mutants | noticed | as right as the original | not explained |\n|---|---|---|---|---|\n")
    return head + "\n".join(rows) + "\n\n" + "\n\n".join(parts) + "\n", bare


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="only these assignments; the report is then printed, not written")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    began = time.monotonic()
    results = run(options.slugs or assignment.slugs(), options.workers)
    text, bare = report(results, (time.monotonic() - began) / 60)
    if not options.slugs:
        REPORT.write_text(text, encoding="utf-8")
    print(text)
    return 1 if bare else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
