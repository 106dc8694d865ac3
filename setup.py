"""Lists the packages: the grader, and every assignment's questions and references inside it.

Everything else is in pyproject.toml. Specimens are never part of the package, and of an assignment's
notebook the text goes into it with the solutions cut out.
"""

import runpy
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

slugs = [p.parent.name for p in Path("assignments").glob("*/questions.py")]


class WithTexts(build_py):
    def run(self):
        super().run()
        if self.editable_mode:          # then the checkout's own files are used
            return
        without_solutions = runpy.run_path("autograder/outline.py")["without_solutions"]
        for slug in slugs:
            text = Path("assignments", slug, f"{slug}.md").read_text(encoding="utf-8")
            Path(self.build_lib, "autograder", "assignments", slug, f"{slug}.md").write_text(without_solutions(text), encoding="utf-8")


setup(
    packages=["autograder", "autograder.sandbox", *(f"autograder.assignments.{slug}" for slug in slugs)],
    package_dir={f"autograder.assignments.{slug}": f"assignments/{slug}" for slug in slugs},
    cmdclass={"build_py": WithTexts},
)
