"""The decks cover the talk that the course began with, slide by slide, and are fit to be shown without a network."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html
import pytest

from tests.test_site import broken_links, errors_shown, has_class, raw_markup, repeated_ids, text_of
from tools import build_slides
from tools.summary import pages

ROOT = Path(__file__).resolve().parent.parent
DECKS = build_slides.decks(ROOT)
# A title of the talk and words that its slide must have here: facts of the original, and what corrects it.
TALK = {
    1: ("What is JAX", "XLA LLVM vectorised autograd NumPy jax-ml/jax Reactant.jl"),
    2: ("Why JAX", "NumPy building block Numba Google"),
    3: ("Source material and further reading", "Settinger Baydin docs.jax.dev"),
    4: ("Derivatives in statistics are everywhere", "Newton Migrad quasi-Newton stationary"),
    5: ("Three ways to compute a derivative", "numerical symbolic automatic"),
    6: ("Numerical differentiation", "O(h) O(h^2) 1e16 round-off"),
    7: ("Symbolic differentiation", "diff(3 * x ** 2 + 2 * x, x) Piecewise loop"),
    8: ("Automatic differentiation", "hyperreal dual pure function foreign machine precision forward direction"),
    9: ("Motivation of dual numbers", "Taylor read off"),
    10: ("Dual numbers", "primal i^2 = -1 polynomials"),
    11: ("Differentiate programs", "if while side-product jit"),
}


@pytest.fixture(scope="module")
def deck(site):
    """Return a function from a deck's name to its parsed page."""
    def read(name: str):
        path = site / "slides" / name / "index.html"
        if not path.exists():
            pytest.fail("the slides are not built: run `make slides` first", pytrace=False)
        return lxml.html.parse(str(path), lxml.html.HTMLParser(encoding="utf-8")).getroot()
    return read


def slides(tree):
    return tree.xpath(f"//*[{has_class('slides')}]/section")


def test_there_is_a_deck_for_each_part_with_chapters():
    """The parts Foundations and Rules and practice have a deck each."""
    assert DECKS == ["foundations", "rules_and_practice"]


@pytest.mark.parametrize("number", TALK)
def test_each_slide_of_the_talk_has_its_slide(deck, number):
    """The deck Foundations has a slide for each of the talk's 11, with its facts and its correction."""
    title, words = TALK[number]
    [slide] = deck("foundations").xpath(f"//section[.//@id='source-s{number}' or @id='source-s{number}']")
    assert title.lower() in text_of(slide.xpath(".//h2")[0]).lower()
    said = text_of(slide).lower()
    assert [word for word in words.lower().split() if word not in said.replace("\\", "")] == []


def test_the_talk_is_in_its_order(deck):
    """The talk's slides follow one another as they did."""
    ids = [i for i in deck("foundations").xpath("//@id") if re.fullmatch(r"source-s\d+", i)]
    assert ids == [f"source-s{n}" for n in TALK]


@pytest.mark.parametrize("name", DECKS)
def test_each_slide_has_a_title_and_notes(deck, name):
    """Each slide has one heading and one set of speaker notes of a sentence or more."""
    for slide in slides(deck(name)):
        assert len(slide.xpath(".//h1 | .//h2")) == 1
        [notes] = slide.xpath(".//aside[@class='notes']")
        assert len(text_of(notes).split()) >= 8, text_of(slide)[:60]


@pytest.mark.parametrize("name", DECKS)
def test_code_was_run(deck, name):
    """Each deck has cells with code, and all of its claims are asserted there."""
    code = [text_of(cell) for cell in deck(name).xpath(f"//*[{has_class('cell_input')}]")]
    assert len(code) > 10 and sum("assert" in cell for cell in code) > 0.8 * len(code)


@pytest.mark.parametrize("check", [broken_links, repeated_ids, errors_shown, raw_markup], ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", DECKS)
def test_page_checks(site, deck, name, check):
    """What holds for the site's pages holds for a deck: its links lead somewhere, no cell failed, no markup is left over."""
    deck(name)
    assert check(site / "slides" / name / "index.html") == []


@pytest.mark.parametrize("name", DECKS)
def test_images_are_described(deck, name):
    """Each figure has a text for those who do not see it."""
    images = deck(name).xpath("//section//img")
    assert len(images) >= 4 and all(len(image.get("alt", "")) > 40 for image in images)


@pytest.mark.parametrize("name", DECKS)
def test_nothing_is_loaded_from_elsewhere(site, deck, name):
    """Scripts, styles and images of a deck are files of the site."""
    tree = deck(name)
    for address in tree.xpath("//script/@src | //link/@href | //img/@src"):
        assert urlsplit(address).scheme in ("", "data") and not urlsplit(address).netloc


def test_each_chapter_links_its_slides(site, deck):
    """A chapter's page links the deck of its part, at the chapter's slide if there is one, which links back."""
    for part, names in pages(ROOT / "_toc.yml").items():
        name = re.sub(r"\W+", "_", part.lower())
        if name not in DECKS:
            continue
        tree = deck(name)
        for chapter in names:
            page = lxml.html.parse(str(site / f"{chapter}.html"), lxml.html.HTMLParser(encoding="utf-8")).getroot()
            slug = chapter.rpartition("/")[2]
            place = slug.replace("_", "-")
            there = bool(tree.xpath(f"//*[@id='{place}']"))
            assert f"../slides/{name}/index.html" + (f"#{place}" if there else "") in page.xpath(f"//a[{has_class('later')}]/@href")
            assert (f"../../book/{slug}.html" in tree.xpath("//section//a/@href")) == there


# ---- the tools

def test_links_come_and_go_with_what_they_lead_to(tmp_path):
    """A link to something that is built later has an address just while that is there."""
    page = tmp_path / "book/page.html"
    page.parent.mkdir()
    page.write_text('<a class="later reference" href="../x.pdf">x</a> <a class="other" href="../x.pdf">y</a>')
    build_slides.connect(tmp_path)
    assert 'reference" data-href="../x.pdf"' in page.read_text() and 'other" href=' in page.read_text()
    (tmp_path / "x.pdf").touch()
    build_slides.connect(tmp_path)
    assert 'reference" href="../x.pdf"' in page.read_text()


def test_slides_need_the_site(tmp_path, capsys):
    """Without a site the tool says which command comes first."""
    assert build_slides.main(tmp_path) == 1
    assert "make site" in capsys.readouterr().err


TOY = """---
file_format: mystnb
kernelspec: {name: python3, display_name: Python 3}
---

# A deck

:::{speaker}
Say hello.
:::

## A slide

```{code-cell} python
%s
```

:::{speaker}
Say more.
:::
"""


@pytest.mark.parametrize("deck, said", [
    (TOY % "assert 1 + 1 == 2", None), (TOY % "assert 1 + 1 == 3", "AssertionError"),
    (TOY.replace(":::{speaker}\nSay more.\n:::\n", "") % "1", "speaker"),
    (TOY % "1" + "\n[gone](gone.md)\n", "gone.md")], ids=["sound", "cell", "notes", "link"])
def test_a_broken_deck_fails_the_build(tmp_path, deck, said):
    """A failing cell, a slide without notes, a dead link: each is a failure that names the deck."""
    folder = tmp_path / "slides"
    folder.mkdir()
    for name in ("conf.py", "deck.py"):
        (folder / name).write_text((ROOT / "slides" / name).read_text())
    (folder / "_theme").symlink_to(ROOT / "slides/_theme")
    (tmp_path / "book").symlink_to(ROOT / "book")
    (folder / "toy.md").write_text(deck)
    run = subprocess.run([sys.executable, "-m", "sphinx", "-b", "dirhtml", "-n", "-W", "--keep-going", str(folder), str(tmp_path / "html")],
                         capture_output=True, text=True)
    if said is None:
        assert run.returncode == 0, run.stderr
    else:
        assert run.returncode != 0 and said in run.stdout + run.stderr and "toy.md" in run.stderr
