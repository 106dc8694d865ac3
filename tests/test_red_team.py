"""Every notebook of tests/hostile/ scores what its data say, leaks nothing and harms nothing: with bubblewrap."""

from collections import Counter

import pytest

from tests import red_team
from tests.grader_helpers import SLUG
from tests.red_team_runs import ENTRIES, RUN, SECRET, around, holds, is_rejected, outcome
from tests.red_team_surroundings import Surroundings

REJECTED = [e for e in ENTRIES if "rejected" in e.expect]
SHARP = [e for e in RUN if e.expect.get("unconfined")]
FIELDS = {"summary", "family", "base", "assignments", "destructive", "cell_seconds", "known_limit", "solutions", "cells",
          "operations", "file", "expect"}
EXPECTED = {"others", "questions", "says", "rejected", "leaks", "unconfined"}


def test_the_corpus_is_what_its_readme_says():
    """60 hostile and 40 clumsy notebooks or more, each with one line of summary, a family, and known fields only."""
    count = Counter(e.kind for e in red_team.entries())
    assert count["hostile"] >= 60 and count["clumsy"] >= 40
    readme = (red_team.FOLDER / "README.md").read_text()
    for entry in red_team.entries():
        assert set(entry.data) <= FIELDS and set(entry.expect) <= EXPECTED, entry.name
        assert entry.data["summary"].endswith(".") and "\n" not in entry.data["summary"]
        assert f"**{entry.data['family']}**" in readme, entry.name
    summaries = Counter(e.data["summary"] for e in red_team.entries())
    assert [s for s, n in summaries.items() if n > 1] == []


def test_the_attacks_are_python(around):
    """No attack fails for a slip in its own code: every hostile cell compiles for this assignment."""
    for entry in ENTRIES:
        if entry.kind == "hostile":
            for cell in red_team.notebook(entry, SLUG, around.places)["cells"]:
                if cell["cell_type"] == "code":
                    compile(cell["source"], entry.name, "exec")


@pytest.mark.parametrize("entry", SHARP, ids=lambda e: e.name)
def test_without_a_sandbox_the_attack_succeeds(entry, tmp_path):
    """The harmless ones are tried unconfined: they do what they claim, so a refusal means something."""
    with Surroundings(SLUG, SECRET) as alone:
        _, shown = outcome(entry, "none", alone, tmp_path)
    assert red_team.ESCAPED in shown, shown[-3000:]


@pytest.mark.parametrize("entry", REJECTED, ids=lambda e: e.name)
def test_what_cannot_be_read_is_rejected(entry, around, tmp_path):
    """One sentence names the file, the reason and the remedy; no other exception."""
    is_rejected(entry, around, tmp_path)


@pytest.mark.parametrize("entry", RUN, ids=lambda e: e.name)
def test_the_red_team_fails(entry, around, tmp_path):
    """The score is as expected, nothing leaks, nothing outside is touched, and no process stays."""
    holds(entry, "bubblewrap", around, tmp_path)
