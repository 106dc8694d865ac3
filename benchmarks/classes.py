"""The class that is graded, and the two course directories in which it handed in."""

import subprocess
import sys
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from autograder import handout, source, specimen
from autograder.course import Course

SLUG = "finite_differences"
PLAIN = '''import os
c = get_config()
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))
c.CourseDirectory.course_id = "benchmark"
'''
PLOT = """import matplotlib.pyplot as plt
import numpy as np
steps = np.logspace(-12, 0, 60)
plt.loglog(steps, [abs((np.sin(1 + h) - np.sin(1)) / h - np.cos(1)) + 1e-17 for h in steps])
plt.xlabel("h")
plt.show()"""
JAX = """import jax
import jax.numpy as jnp
slope = jax.grad(lambda x: jnp.sin(x) * x)(1.0)
print(slope)"""


def notebooks(count: int) -> dict[str, nbformat.NotebookNode]:
    """By student, a specimen each in turn; every third with a plot of its own, every fourth importing jax."""
    kinds = [*specimen.all_of(SLUG, "right"), *specimen.all_of(SLUG, "wrong")]
    made = {}
    for index in range(count):
        nb = specimen.fill(SLUG, kinds[index % len(kinds)])
        if index % 3 == 0:
            nb.cells.insert(2, nbformat.v4.new_code_cell(PLOT))
        if index % 4 == 0:
            nb.cells.insert(2, nbformat.v4.new_code_cell(JAX))
        made[f"s{index:04}"] = nb
    return made


def fill(course: Course, class_: dict[str, nbformat.NotebookNode]) -> None:
    for student, nb in class_.items():
        path = course.submission(student, SLUG)
        path.parent.mkdir(parents=True)
        nbformat.write(nb, path)


def ours(root: Path, class_: dict[str, nbformat.NotebookNode]) -> Course:
    """A course directory as `autograder handout` makes it."""
    course = Course(root)
    handout.hand_out(course, SLUG)
    fill(course, class_)
    return course


def plain(root: Path, class_: dict[str, nbformat.NotebookNode]) -> Course:
    """A course directory as nbgrader's manual makes it: its default settings, and the verdict in the test cells."""
    course = Course(root)
    nb = source.source_notebook(SLUG)
    for cell in nb.cells:
        if source.is_graded(cell):
            question = source.question_of(cell)
            cell.source = f'from benchmarks.in_kernel import score\nscore("{SLUG}/{question[1]}", {call_argument(cell.source)})'
    path = root / "source" / SLUG / f"{SLUG}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(nb, path)
    (root / "nbgrader_config.py").write_text(PLAIN)
    subprocess.run([sys.executable, "-m", "nbgrader", "generate_assignment", SLUG, "--create", "--force"], cwd=root, check=True,
                   capture_output=True)
    fill(course, class_)
    return course


def call_argument(code: str) -> str:
    """What a test cell hands to `check` besides the question's name."""
    return code.strip().rpartition(",")[2].strip().rstrip(")")


def scores(course: Course) -> dict[str, dict[str, float]]:
    """By student and test cell, the automatic score that the gradebook has."""
    with Gradebook(course.db_url, "") as book:
        return {s.student.id: {g.name: g.auto_score for n in s.notebooks for g in n.grades if g.cell_type == "code"}
                for s in book.assignment_submissions(SLUG)}
