"""Finds the browser that prints the PDF and runs the browser tests: Chromium, or one of its kin.

It is the one named by $CHROMIUM, else one found on the PATH, else one that Playwright has installed
itself. `python tools/browser.py` succeeds where one starts.
"""

import os
import shutil
import sys

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Chromium's own sandbox does not start for root or inside a container.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


class NoBrowser(Exception):
    """No browser could be started; the message is a sentence that says what to do."""


def executable() -> str | None:
    """Return the browser to start; None leaves the choice to Playwright."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright: Playwright) -> Browser:
    """Start a headless browser. Raises NoBrowser."""
    try:
        return playwright.chromium.launch(executable_path=executable(), args=FLAGS)
    except Error as error:
        raise NoBrowser("no Chromium could be started (install one, for example by `apt install chromium`, or set CHROMIUM "
                        f"to its path): {error.message.splitlines()[0]}") from None


if __name__ == "__main__":
    try:
        with sync_playwright() as playwright:
            launch(playwright).close()
    except NoBrowser as error:
        sys.exit(str(error))
