"""The table at the end of a notebook says what the checks said, question by question."""

import pytest

from autograder import check, progress, source, tally
from autograder.errors import UserError
from tests.grader_helpers import SLUG

POINTS = source.points(SLUG)


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(tally, "_last", {})


def half(f, x, h):
    return (f(x + h) - f(x)) / h            # right but for the ValueErrors


def test_it_counts_what_was_checked(capsys):
    """Points of the last check of each question; those that were not run are marked so, and count nothing."""
    check(f"{SLUG}/central_difference", lambda f, x, h: 1 / 0)
    check(f"{SLUG}/forward_difference", half)
    capsys.readouterr()
    progress(SLUG)
    lines = capsys.readouterr().out.splitlines()
    rows = {line.split()[1]: line for line in lines[1:-1]}
    assert list(rows) == list(POINTS) and "0.00 of 2" in rows["central_difference"] and rows["central_difference"].lstrip().startswith("✗")
    share = float(rows["forward_difference"].split()[2])
    assert 0 < share < 2 and rows["forward_difference"].lstrip().startswith("◐") and "cases right" in rows["forward_difference"]
    assert "not checked yet" in rows["richardson"]
    assert lines[-1].split()[:3] == ["in", "all", f"{share:.2f}"] and lines[-1].endswith(f"of {sum(POINTS.values()):g}")


def test_the_last_check_counts(capsys):
    """A question that is mended and checked again has its new points."""
    check(f"{SLUG}/central_difference", lambda f, x, h: None)
    check(f"{SLUG}/central_difference", lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h))
    capsys.readouterr()
    progress(SLUG)
    row = next(line for line in capsys.readouterr().out.splitlines() if "central_difference" in line)
    assert float(row.split()[2]) > 0


def test_it_is_silent_while_grading(capsys, monkeypatch):
    """In the grader's kernel there is no verdict, so there is no table."""
    monkeypatch.setenv("AUTOGRADER_ASK_ONLY", "1")
    progress(SLUG)
    assert capsys.readouterr().out == ""


def test_an_unknown_assignment_is_named():
    with pytest.raises(UserError, match="no assignment 'sums'"):
        progress("sums")
