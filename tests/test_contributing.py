"""Adding a chapter is one file and one line; adding an assignment is one folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from tests.grader_helpers import ROOT, autograder

PAGE = """---
file_format: mystnb
kernelspec: {name: python3, display_name: Python 3}
---

(toy)=
# Try a toy

```{code-cell} python
assert 1 + 1 == %s
```
"""

NOTEBOOK = '''---
kernelspec:
  name: python3
  display_name: Python 3
---

# A toy assignment

```{code-cell} python
:nbgrader: {grade_id: setup, locked: true}
from autograder import check
```

```{code-cell} python
:nbgrader: {grade_id: double, solution: true}
def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION
```

```{code-cell} python
:nbgrader: {grade_id: check_double, grade: true, points: 2}
check("toy/double", double)
```
'''

QUESTIONS = '''
from autograder.assignment import Case


def double(rng):
    return [Case(f"double({x})", lambda f, x=x: f(x), {"x": x}) for x in rng.uniform(1, 2, 4).tolist()]


QUESTIONS = {"double": double}
'''

REFERENCES = '''
from autograder import compare

REFERENCES = {"double": lambda inputs, value: compare.number(value, 2 * inputs["x"], 1e-15, "algebra")}
'''


def build(folder):
    return subprocess.run([Path(sys.executable).parent / "jupyter-book", "build", ".", "-n", "-W", "--keep-going"],
                          cwd=folder, capture_output=True, text=True)


def copy_of_the_frame(tmp_path):
    """The book with its index, reference pages and extension, without the chapters: quick to build."""
    folder = tmp_path / "copy"
    shutil.copytree(ROOT / "book", folder / "book", ignore=shutil.ignore_patterns("ipython", "__pycache__", "jupyter_execute"))
    shutil.copy(ROOT / "_config.yml", folder)
    (folder / "book" / "index.md").write_text("(index)=\n# A course\n")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: book/index\nchapters:\n")
    return folder


def test_a_chapter_is_one_file_and_one_line(tmp_path):
    """A page and its line in _toc.yml give a page on the site; a failing assertion on it fails the build."""
    folder = copy_of_the_frame(tmp_path)
    (folder / "book" / "toy.md").write_text(PAGE % 2)
    with open(folder / "_toc.yml", "a") as toc:
        toc.write("  - file: book/toy\n")
    assert yaml.safe_load((folder / "_toc.yml").read_text())["chapters"] == [{"file": "book/toy"}]
    run = build(folder)
    assert run.returncode == 0, (run.stdout + run.stderr)[-3000:]
    assert "Try a toy" in (folder / "_build" / "html" / "book" / "toy.html").read_text()
    (folder / "book" / "toy.md").write_text(PAGE % 3)
    run = build(folder)
    assert run.returncode != 0 and "AssertionError" in run.stdout + run.stderr


def test_a_cell_that_warns_fails_the_build(tmp_path):
    """Standard error on a page is an error, unless the cell says otherwise."""
    folder = copy_of_the_frame(tmp_path)
    noisy = PAGE % 2 + "\n```{code-cell} python\n%simport sys\nprint('noise', file=sys.stderr)\n```\n"
    (folder / "book" / "toy.md").write_text(noisy % "")
    with open(folder / "_toc.yml", "a") as toc:
        toc.write("  - file: book/toy\n")
    assert build(folder).returncode != 0
    (folder / "book" / "toy.md").write_text(noisy % "---\nmystnb: {output_stderr: show}\n---\n")
    run = build(folder)
    assert run.returncode == 0, (run.stdout + run.stderr)[-3000:]


def test_an_assignment_is_one_folder(tmp_path):
    """A folder with text, questions and references can be handed out, solved and graded."""
    assignments = tmp_path / "assignments"
    (assignments / "toy").mkdir(parents=True)
    for name, text in {"toy.md": NOTEBOOK, "questions.py": QUESTIONS, "references.py": REFERENCES}.items():
        (assignments / "toy" / name).write_text(text)
    env = os.environ | {"AUTOGRADER_ASSIGNMENTS": str(assignments)}
    course = tmp_path / "course"
    assert autograder("handout", "--course-dir", course, env=env).returncode == 0
    for student, kind in {"full": "source", "none": "release"}.items():
        (course / "submitted" / student / "toy").mkdir(parents=True)
        shutil.copy(course / kind / "toy" / "toy.ipynb", course / "submitted" / student / "toy" / "toy.ipynb")
    run = autograder("grade", "toy", "--course-dir", course, env=env)
    lines = {line.split()[0]: line for line in run.stdout.splitlines()}
    assert run.returncode == 0 and "2.00 of 2" in lines["full"] and "0.00 of 2" in lines["none"]

    # Once it is graded, nbgrader takes no further cell; the error says so, and what to do.
    more = NOTEBOOK + "\n```{code-cell} python\n:nbgrader: {grade_id: more, locked: true}\nmore = 1\n```\n"
    (assignments / "toy" / "toy.md").write_text(more)
    run = autograder("handout", "--course-dir", course, env=env)
    assert run.returncode == 2 and "has submissions" in run.stderr and "--course-dir" in run.stderr
    assert autograder("handout", "--course-dir", tmp_path / "new", env=env).returncode == 0
