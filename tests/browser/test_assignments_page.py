"""The page of assignments gives a student the notebook with one click, on a phone too."""

import json
import zipfile

import pytest


@pytest.mark.parametrize("width", [390, 1280])
def test_the_links_download(open_page, width):
    """A click on a notebook's name downloads that notebook; a click on the zip's name, the zip with it."""
    page = open_page("book/assignments.html", width=width)
    got = []
    for name in ("reverse_mode.ipynb", "reverse_mode.zip"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name, exact=True).click()
        assert download.value.suggested_filename == name
        got.append(download.value.path())
    page.troubles[:] = [said for said in page.troubles if not said.startswith("not loaded: ") or "handouts/" not in said]
    assert json.loads(got[0].read_text(encoding="utf-8"))["metadata"]["autograder"] == {"assignment": "reverse_mode"}
    with zipfile.ZipFile(got[1]) as archive:
        assert archive.read("reverse_mode/reverse_mode.ipynb") == got[0].read_bytes()


@pytest.mark.parametrize("page", ["assignments", "students", "instructors"])
def test_no_sideways_scrolling_on_a_phone(open_page, page):
    """Nothing on these pages is wider than a phone."""
    assert open_page(f"book/{page}.html", width=390).evaluate("document.documentElement.scrollWidth") == 390
