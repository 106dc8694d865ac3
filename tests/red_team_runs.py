"""How a notebook of tests/hostile/ is run and looked at; what both of the red team's test files need."""

import json
from functools import lru_cache

import pytest

from autograder import assignment, course, grading, source
from autograder.errors import UserError
from autograder.execute import execute
from tests import red_team
from tests.grader_helpers import SLUG, notebook
from tests.red_team_surroundings import Surroundings

SECRET = b"the red team does not know this"
ENTRIES = [e for e in red_team.entries() if e.suits(SLUG)]
RUN = [e for e in ENTRIES if "rejected" not in e.expect]


@pytest.fixture(scope="module")
def around():
    with Surroundings(SLUG, SECRET) as made:
        yield made


@lru_cache
def in_force(tier):
    """The sandbox in which a harmless notebook really ran when this one was asked for."""
    return execute(notebook("1"), {}, tier=tier).sandbox


def require(tier, entry):
    """Let nothing run in a weaker sandbox than the test says; unconfined, only what is known to be harmless."""
    if tier == "none":
        assert entry.expect.get("unconfined") and not entry.data.get("destructive"), "never run this without a sandbox"
    assert in_force(tier) == tier, f"the sandbox {tier} cannot be used here"


def seconds(entry, slug):
    """Wall time of one cell: the entry's own on assignment 1; elsewhere some seven times what a right answer takes."""
    if slug == SLUG:
        return entry.seconds
    compiles = "import jax" in (assignment.folder(slug) / "questions.py").read_text(encoding="utf-8")
    return max(entry.seconds, 8) if compiles else entry.seconds + 1


def outcome(entry, tier, around, folder):
    """The grade or the rejection, and all that the executed notebook shows of the student's own code."""
    path = red_team.write(entry, around.slug, around.places, folder / "submission")
    try:
        work = grading.prepare(path, SECRET, around.slug, seconds(entry, around.slug), tier)
    except UserError as error:
        return error, ""
    require(tier, entry)
    executed = work.execute()
    shown = json.dumps([c.outputs for c in executed.notebook.cells if c.cell_type == "code"], ensure_ascii=False)
    graded = grading.judge(around.slug, executed, SECRET)
    return graded, shown


def problems(entry, tier, around, folder):
    """Whatever is not as it should be, in words."""
    graded, shown = outcome(entry, tier, around, folder)
    found = red_team.differences(entry, around.slug, graded, around.places, dependents(around.slug))
    found += [f"shown: {mark}" for mark in red_team.leaks(entry, shown, around.places)]
    if isinstance(graded, grading.Graded):
        page = json.dumps(graded.notebook, ensure_ascii=False)
        found += [f"the seed of {q} stands in the graded notebook" for q, seed in seeds(graded).items() if str(seed) in page]
        if graded.sandbox != tier:
            found.append(f"it ran in the sandbox {graded.sandbox}")
    return found + around.harm()


def seeds(graded):
    return {v.question: course.seed(SECRET, graded.assignment, v.question) for v in graded.verdicts}


@lru_cache
def dependents(slug):
    """By question that the corpus attacks, the other questions that lose points when its solution cell is empty."""
    found = {}
    attacked = red_team.attacked(slug)
    for question in {attacked[0], attacked[1], attacked[-1]}:       # the placeholders of tests/hostile/README.md
        nb = source.source_notebook(slug)
        next(c for c in nb.cells if source.grade_id(c) == question).source = f"def {question}(*_, **__):\n    raise NotImplementedError()"
        executed = execute(nb, grading.seeds(nb, SECRET))
        lost = {v.question for v in grading.judge(slug, executed, SECRET).verdicts if v.score < v.points}
        found[question] = frozenset(lost - {question})
    return found


def holds(entry, tier, around, folder):
    """The score is as expected, nothing leaks, nothing outside is touched, and no process stays."""
    found = problems(entry, tier, around, folder)
    if "known_limit" in entry.data:
        assert found, f"this limit is gone: delete known_limit from {entry.name}.toml"
        pytest.xfail(entry.data["known_limit"])
    assert found == []


def is_rejected(entry, around, folder):
    """One sentence names the file, the reason and the remedy; no other exception."""
    graded, _ = outcome(entry, None, around, folder)
    assert red_team.differences(entry, around.slug, graded, around.places) == []
    assert f"{around.slug}.ipynb" in str(graded) and "\n" not in str(graded)
