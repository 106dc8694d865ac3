"""What every test may ask for: the repository's root and the built site."""

from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.red_team_runs")
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def site(root) -> Path:
    """The folder of the built HTML; a test that needs it fails when it is not there."""
    html = root / "_build/html"
    if not (html / "index.html").exists():
        pytest.fail("the site is not built: run `make site` first", pytrace=False)
    return html
