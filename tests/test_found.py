"""A site whose address and repository are known can be found, shared and mended; another hides those buttons."""

import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import lxml.html
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
CONF = f"""
import sys
sys.path.insert(0, {str(ROOT / "book/_ext")!r})
project = "A book"
extensions = ["myst_parser", "found"]
html_theme = "sphinx_book_theme"
templates_path = [{str(ROOT / "book/_templates")!r}]
html_theme_options = {{"path_to_docs": "", "footer_content_items": ["page-foot.html"]}}
"""
PAGE = "# First steps\n\nYou will take two steps, one with each foot.\n"


def build(folder: Path, **environment) -> Path:
    """Build a book of two pages with the extension. Returns: the folder of its HTML."""
    (folder / "book").mkdir()
    (folder / "conf.py").write_text(CONF)
    (folder / "index.md").write_text("# A book\n\n```{toctree}\nbook/steps\n```\n")
    (folder / "book/steps.md").write_text(PAGE)
    done = subprocess.run([sys.executable, "-m", "sphinx", "-W", "-q", folder, folder / "html"], env=environment,
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder / "html"


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    return build(tmp_path_factory.mktemp("known"), COURSE_BASEURL="https://example.org/course",
                 COURSE_REPOSITORY="https://github.com/someone/course/")


@pytest.fixture(scope="module")
def unknown(tmp_path_factory):
    return build(tmp_path_factory.mktemp("unknown"))


def tree(file: Path):
    return lxml.html.fromstring(file.read_text(encoding="utf-8"))


def meta(page, name: str) -> list[str]:
    return page.xpath(f"//meta[@name='{name}' or @property='{name}']/@content")


def test_a_page_tells_what_it_is_about(known, unknown):
    """The description is the page's own first sentence, with an address or without."""
    for site in (known, unknown):
        page = tree(site / "book/steps.html")
        assert meta(page, "description") == meta(page, "og:description") == ["You will take two steps, one with each foot."]
        assert "First steps" in page.findtext(".//title")


def test_a_page_knows_its_address(known):
    page = tree(known / "book/steps.html")
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://example.org/course/book/steps.html"]
    assert meta(page, "og:url") == ["https://example.org/course/book/steps.html"]


def test_the_preview_image_is_there(known):
    """The image that a shared link shows was made by the build and stands where the page says."""
    (image,) = meta(tree(known / "book/steps.html"), "og:image")
    assert image.startswith("https://example.org/course/")
    file = known / image.removeprefix("https://example.org/course/")
    assert file.read_bytes().startswith(b"\x89PNG")


def test_the_sitemap_lists_every_page(known):
    found = {e.text for e in ElementTree.parse(known / "sitemap.xml").iter() if e.tag.endswith("loc")}
    assert {"https://example.org/course/index.html", "https://example.org/course/book/steps.html"} <= found


def test_a_missing_page_is_answered(known, unknown):
    """The 404 page works from any folder: all it loads is addressed from the site's root."""
    for site, root in ((known, "/course/"), (unknown, "/")):
        page = tree(site / "404.html")
        assert "There is no such page" in page.text_content()
        local = [a for a in page.xpath("//link[@rel='stylesheet']/@href | //script/@src") if not urlsplit(a).scheme]
        assert local and all(a.startswith(root) for a in local)
        for target in local:
            assert (site / urlsplit(target).path.removeprefix(root)).exists()


def test_a_problem_is_reported_with_page_and_versions(known):
    (link,) = [a for a in tree(known / "book/steps.html").xpath("//a") if "Report a problem" in a.text_content()]
    assert link.get("href").startswith("https://github.com/someone/course/issues/new?")
    asked = parse_qs(urlsplit(link.get("href")).query)
    assert "book/steps" in asked["title"][0] and "book/steps" in asked["body"][0]
    assert "JAX 0." in asked["body"][0] and "Python 3." in asked["body"][0]


def test_a_page_can_be_edited(known):
    links = tree(known / "book/steps.html").xpath("//a/@href")
    assert "https://github.com/someone/course/edit/main/book/steps.md" in links


def test_without_a_repository_nothing_points_to_one(unknown):
    page = tree(unknown / "book/steps.html")
    assert "Report a problem" not in page.text_content()
    assert not [a for a in page.xpath("//a/@href") if "/edit/" in a or "issues" in a]
    assert not page.xpath("//link[@rel='canonical']") and not meta(page, "og:image") and not meta(page, "og:url")
    assert not (unknown / "sitemap.xml").exists()


def test_the_citation_file_is_whole():
    """CITATION.cff has the keys that its format demands, and the package's version and title."""
    cite = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"cff-version", "message", "title", "authors", "type"} <= set(cite)
    assert cite["version"] == project["version"] and project["description"].startswith(cite["title"])
    assert all("name" in a or "family-names" in a for a in cite["authors"])
