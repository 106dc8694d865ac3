"""The red team on the other assignments: its notebooks, rebuilt for each of them, still score what their data say.

In a usual run each notebook meets one of the other assignments, in turns. `make redteam` runs all of them on all.
"""

import os

import pytest

from autograder import assignment
from tests import red_team
from tests.grader_helpers import SLUG
from tests.red_team_runs import SECRET, holds, is_rejected
from tests.red_team_surroundings import Surroundings

OTHERS = [slug for slug in assignment.slugs() if slug != SLUG]
ALL = [(slug, e) for e in red_team.entries() for slug in OTHERS if e.suits(slug)]
TURNS = [(slug, e) for k, e in enumerate(red_team.entries()) if e.suits(slug := OTHERS[k % len(OTHERS)])]
RUNS = ALL if os.environ.get("RED_TEAM_EVERYWHERE") else TURNS


@pytest.fixture(scope="module")
def places():
    """The surroundings of an assignment, made when first asked for."""
    made = {}

    def of(slug):
        if slug not in made:
            made[slug] = Surroundings(slug, SECRET).__enter__()
        return made[slug]

    yield of
    for one in made.values():
        one.__exit__(None, None, None)


def test_every_assignment_meets_both_kinds():
    """In a usual run, too, every assignment meets dozens of hostile and of clumsy notebooks."""
    for slug in OTHERS:
        kinds = [e.kind for s, e in TURNS if s == slug]
        assert kinds.count("hostile") >= 30 and kinds.count("clumsy") >= 20, slug


@pytest.mark.parametrize("slug, entry", RUNS, ids=[f"{slug}-{e.name}" for slug, e in RUNS])
def test_the_red_team_fails_everywhere(slug, entry, places, tmp_path):
    """The score is as expected, or the file rejected with its reason; nothing leaks, nothing outside is touched."""
    around = places(slug)
    if "rejected" in entry.expect:
        is_rejected(entry, around, tmp_path)
    else:
        holds(entry, "bubblewrap", around, tmp_path)
