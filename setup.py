"""Lists the packages: the grader, and every assignment's questions and references inside it.

Everything else is in pyproject.toml. Solutions and specimens are never part of the package.
"""

from pathlib import Path

from setuptools import setup

slugs = [p.parent.name for p in Path("assignments").glob("*/questions.py")]
setup(
    packages=["autograder", "autograder.sandbox", *(f"autograder.assignments.{slug}" for slug in slugs)],
    package_dir={f"autograder.assignments.{slug}": f"assignments/{slug}" for slug in slugs},
)
