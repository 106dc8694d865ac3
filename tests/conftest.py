"""What every test may ask for: the repository's root, the built site, and a browser."""

import os
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


@pytest.fixture(scope="module")
def chromium():
    """A running headless Chromium. Where there is none the test is skipped on a user's machine, and fails if $CI is set."""
    from playwright.sync_api import sync_playwright

    from tools.browser import NoBrowser, launch
    # Each test file starts its own: only one can run in a process, and while it runs no other event loop can.
    with sync_playwright() as playwright:
        try:
            browser = launch(playwright)
        except NoBrowser as error:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(str(error), pytrace=False)
        yield browser
        browser.close()
