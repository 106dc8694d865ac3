"""The mutation run changes what it should, notices what it must, and its record in the repository is the current one."""

import re
import subprocess

import pytest

from autograder import assignment
from tests.class_helpers import TOY, toy_world
from tests.grader_helpers import ROOT
from tools import mutants
from tools.mutation import mutants as changes_of

REPORT = mutants.REPORT.read_text(encoding="utf-8")


@pytest.mark.parametrize("code, expected", [
    ("return_ = a + b", {"return_ = a - b", "return_ = a", "return_ = b", "pass"}),
    ("x = a < b", {"x = a <= b", "x = a > b", "pass"}),
    ("total += 2", {"total -= 2", "total = 2", "total += 3", "total += 0", "pass"}),
    ("if a and b:\n    f(x, y)", {"if a or b:\n    f(x, y)", "if True:\n    f(x, y)", "if False:\n    f(x, y)",
                                  "if a and b:\n    f(y, x)", "if a and b:\n    x", "if a and b:\n    pass"}),
    ("x = -y[1:]", {"x = y[1:]", "x = -y", "x = -y[2:]", "x = -y[0:]", "pass"}),
    ('def f(a):\n    """Text."""\n    raise ValueError(a + 1)', {'def f(a):\n    """Text."""\n    pass'}),
    ("x = (a if b else c)", {"x = a", "x = c", "pass"}),
    ("s = f('text', key=True)", {"s = 'text'", "s = f('text')", "s = f('text', key=False)", "pass"}),
])
def test_each_small_change_is_made_once(code, expected):
    """Operators, constants, conditions, calls and statements; texts and messages stay."""
    found = [m.code for m in changes_of(code)]
    assert sorted(found) == sorted(expected)


def test_a_mutant_says_what_changed():
    """The line before and after, so that a person finds it."""
    (mutant,) = [m for m in changes_of("a = 1\nb = c * d\ne = 2") if "/" in m.code]
    assert mutant.what == "`b = c * d` → `b = c / d`" and mutant.line == 2


def test_survivors_of_a_weak_question_are_found(tmp_path):
    """A question that asks at 2 only cannot tell a product from a sum; asked elsewhere, too, it can."""
    with toy_world(tmp_path):
        strong = mutants.run([TOY], 1)
        assert {r.mutant.what for r in strong if not r.noticed} == set()
        questions = tmp_path / "assignments" / TOY / "questions.py"
        questions.write_text(questions.read_text().replace("rng.uniform(1, 2, 4).tolist()", "[2.0]"))
        weak = mutants.run([TOY], 1)
    assert {r.mutant.what for r in weak if not r.noticed} == {"`return 2 * x` → `return 2 + x`", "`return x * x` → `return x + x`"}


@pytest.mark.parametrize("slug", assignment.slugs())
def test_every_explanation_is_of_a_mutant_that_there_is(slug):
    """A reference solution that changed leaves no stale explanation behind."""
    known = {(cell, m.what) for cell, m in mutants.candidates(slug)}
    explained = mutants.explanations(slug)
    assert set(explained) <= known and all(len(why) > 10 for why in explained.values())


@pytest.mark.parametrize("slug", assignment.slugs())
def test_the_record_is_of_this_solution(slug):
    """The last run's table in the repository counts the mutants of today's solution, and leaves none unexplained."""
    row = re.search(rf"^\| `{slug}` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", REPORT, re.M)
    assert row, f"run make mutants: there is no row for {slug}"
    total, noticed, explained, bare = map(int, row.groups())
    assert total == len(mutants.candidates(slug)) and bare == 0 and explained >= len(mutants.explanations(slug))
    assert noticed + explained == total


def test_an_unexplained_survivor_fails_the_run(tmp_path, monkeypatch):
    """`make mutants` ends with status 1 then, and names it."""
    result = mutants.Result(TOY, "square", next(changes_of("y = x * x")), "")
    with toy_world(tmp_path):
        text, bare = mutants.report([result], 1.0)
    assert bare == 1 and "**not explained**" in text


def test_it_is_a_target_of_make():
    """`make mutants` runs it."""
    shown = subprocess.run(["make", "-n", "mutants"], cwd=ROOT, capture_output=True, text=True)
    assert "tools/mutants.py" in shown.stdout
