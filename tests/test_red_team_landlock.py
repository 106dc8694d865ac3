"""The red team again, where there are no namespaces: with Landlock and seccomp alone."""

import pytest

from tests.red_team_runs import RUN, around, holds


@pytest.mark.parametrize("entry", RUN, ids=lambda e: e.name)
def test_the_red_team_fails(entry, around, tmp_path):
    """As with bubblewrap: the same scores, no leak, no harm, nothing left."""
    holds(entry, "landlock", around, tmp_path)
