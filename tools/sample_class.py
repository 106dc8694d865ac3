"""Fill a course directory with the sample class and grade it.

`assignments/sample_class.toml` says who handed in what: a specimen, the untouched handout, or one
of the mishaps below. A submission is written only if it differs, so that a second run has nothing
to grade. The scores go to `scores.json` in the course directory, for the summary.
"""

import argparse
import json
import sys
import tomllib
from pathlib import Path

import nbformat

from autograder import assignment, source, specimen
from autograder.cli import main
from autograder.course import Course
from autograder.errors import UserError
from autograder.sandbox import tiers

ROOT = Path(__file__).resolve().parent.parent


def reference(slug):
    """The instructor's own solution, as a student would hand it in."""
    return source.source_notebook(slug)


def syntax_error(slug):
    """The reference, with a bracket missing in its first function."""
    nb = reference(slug)
    cell = next(c for c in nb.cells if source.is_solution(c))
    cell.source = cell.source.replace("(f, x, h):", "(f, x, h:", 1)
    return nb


def infinite_loop(slug):
    """The reference, with a loop that never ends in its second function."""
    nb = reference(slug)
    cell = [c for c in nb.cells if source.is_solution(c)][1]
    cell.source = cell.source.replace("    return ", "    while True:\n        h = h / 1\n    return ", 1)
    return nb


def edited_test(slug):
    """The untouched handout, whose test cells were edited to claim full marks."""
    nb = source.skeleton(slug)
    for cell in nb.cells:
        if source.is_graded(cell):
            cell.source = f"{float(cell.metadata['nbgrader']['points'])}"
    return nb


MISHAPS = {"handout": source.skeleton, "syntax error": syntax_error, "infinite loop": infinite_loop,
           "edited test": edited_test, "reference": reference}


def submission(slug: str, what: str):
    """The notebook for an entry of sample_class.toml: a mishap's name, or "right/…", "wrong/…"."""
    if what in MISHAPS:
        return MISHAPS[what](slug)
    return specimen.fill(slug, specimen.read(assignment.folder(slug) / "specimens" / f"{what}.py"))


def fill(course: Course, students: list[dict]) -> list[str]:
    """Write submitted/<student>/<slug>/<slug>.ipynb for the whole class; returns the slugs."""
    slugs = set()
    for student in students:
        for slug in set(student) & set(assignment.slugs()):
            slugs.add(slug)
            path = course.submission(student["id"], slug)
            text = nbformat.writes(submission(slug, student[slug])) + "\n"
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    return sorted(slugs)


def unsafe() -> list[str]:
    """The option for a machine without a sandbox: this class is our own work."""
    try:
        tiers.choose()
    except UserError as error:
        print(f"{error}\nThe sample class is part of this repository, so it is graded all the same.", file=sys.stderr)
        return ["--unsafe"]
    return []


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--course-dir", type=Path, default=ROOT / "course")
    parser.add_argument("--seconds", default="10", help="wall time for one cell")
    options = parser.parse_args(arguments)
    course = Course(options.course_dir)
    students = tomllib.loads((ROOT / "assignments" / "sample_class.toml").read_text(encoding="utf-8"))["student"]
    results, worst = [], 0
    for slug in fill(course, students):
        print(f"grading the sample class on {slug} …", flush=True)
        part = course.root / f"{slug}.json"
        worst = max(worst, main(["grade", slug, "--course-dir", str(course.root), "--json", str(part),
                                 "--seconds", options.seconds, *unsafe()]))
        results += json.loads(part.read_text()) if part.exists() else []
    (course.root / "scores.json").write_text(json.dumps(results, indent=1) + "\n")
    return worst


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
