"""The built site keeps its promises to a reader.

Its jobs:
- each check is a function from one page (or site) to a list of what is wrong with it;
- each page of `_toc.yml` goes through every check, each chapter through those for chapters;
- each check is itself tested, at the end, on a small page that breaks just its rule.
"""

import json
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest

from tools.summary import pages

ROOT = Path(__file__).resolve().parent.parent
PARTS = pages(ROOT / "_toc.yml")
PAGES = [page for part in PARTS.values() for page in part]
CHAPTERS = PARTS.get("Foundations", []) + PARTS.get("Rules and practice", [])
OBJECTIVES = ("Objectives", "What you will be able to do")      # titles of the box that opens a chapter


# ---- reading a page

@lru_cache(maxsize=None)
def read_page(path: Path):
    """Return the parsed page; ids and text are those of the file, no script having run."""
    return lxml.html.fromstring(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=None)
def anchors(path: Path) -> frozenset[str]:
    """Return every name that a link `#name` to this page can point at."""
    tree = read_page(path)
    return frozenset(tree.xpath("//@id")) | frozenset(tree.xpath("//a/@name"))


def article(tree):
    """Return the part of a page that its author wrote."""
    found = tree.xpath("//article")
    return found[0] if found else tree


def has_class(name: str) -> str:
    """Return the XPath condition for an element of this class."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def text_of(element) -> str:
    return " ".join(element.text_content().split())


def headings(tree) -> list[str]:
    """Return the texts of a page's headings, without the mark that links to each."""
    return [text_of(h).removesuffix("#").strip() for h in article(tree).xpath(".//h1 | .//h2 | .//h3")]


def prose(tree) -> str:
    """Return a page's text outside code and mathematics, where markup must not be left over."""
    skip = " or ".join(f"ancestor::{kind}" for kind in ("pre", "code", "script", "style", f"*[{has_class('math')}]"))
    return " ".join(article(tree).xpath(f".//text()[not({skip})]"))


# ---- checks of any page

def broken_links(path: Path) -> list[str]:
    """Return the links to files or anchors of this site that are not there."""
    broken = []
    for target in read_page(path).xpath("//@href | //@src"):
        parts = urlsplit(target)
        if parts.scheme or parts.netloc or target == "#":
            continue
        file = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
        if file.is_dir():
            file = file / "index.html"
        if not file.exists():
            broken.append(f"{target}: no such file")
        elif parts.fragment and file.suffix == ".html" and unquote(parts.fragment) not in anchors(file):
            broken.append(f"{target}: no such anchor")
    return broken


def repeated_ids(path: Path) -> list[str]:
    ids = read_page(path).xpath("//@id")
    return sorted({name for name in ids if ids.count(name) > 1})


def bad_images(path: Path) -> list[str]:
    """Return the images whose alternative text is missing, a path, or too short to tell what is drawn."""
    bad = []
    for image in article(read_page(path)).xpath(".//img"):
        alt = " ".join(image.get("alt", "").split())
        if len(alt) < 15 or re.search(r"_images/|\.(?:png|svg|jpe?g|gif)$", alt) or " " not in alt:
            bad.append(f"{image.get('src')}: alt text {alt!r}")
    return bad


def bare_figures(path: Path) -> list[str]:
    """Return the images outside a figure, and the figures without a caption."""
    body = article(read_page(path))
    bare = [f"{image.get('src')}: in no figure" for image in body.xpath(".//img[not(ancestor::figure)]")]
    for figure in body.xpath(".//figure"):
        words = " ".join(text_of(c) for c in figure.xpath(f".//figcaption//*[{has_class('caption-text')}]"))
        if len(words.removesuffix("#").strip()) < 10:
            bare.append(f"figure {figure.get('id')}: no caption")
    return bare


def errors_shown(path: Path) -> list[str]:
    """Return what went wrong while a cell ran or the page was made, and is shown on it."""
    body = article(read_page(path))
    names = ("error", "traceback", "stderr", "system-message", "problematic")
    return [f"{name}: {text_of(found)[:80]}" for name in names
            for found in body.xpath(f".//*[self::div or self::span or self::aside][{has_class(name)}]")]


def raw_markup(path: Path) -> list[str]:
    """Return MyST or TeX source that came through unread."""
    text = prose(read_page(path))
    patterns = (r"\{[a-z][\w:.+-]*\}`?", r":::+", r"```", r"\$\$", r"(?<![\\\w])\$[^$\s][^$]{0,80}?\$(?!\w)", r"\]\(\S+\)",
                r"\\(?:frac|partial|dot|bar|mathbb)\b")
    return [match.group() for pattern in patterns for match in re.finditer(pattern, text)]


def thebe(path: Path) -> list[str]:
    """Return the lines that would load or set up Thebe, which needs another host."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip()[:100] for line in lines if "thebe" in line.lower()]


PAGE_CHECKS = [broken_links, repeated_ids, bad_images, bare_figures, errors_shown, raw_markup, thebe]


# ---- checks of a chapter

def too_few_figures(path: Path) -> list[str]:
    count = len(article(read_page(path)).xpath(".//figure[.//img or .//svg]"))
    return [] if count >= 2 else [f"{count} figures, at least 2 are wanted"]


def bad_exercises(path: Path) -> list[str]:
    """Return what is wrong with a chapter's exercises: fewer than four, or a solution that is
    missing, open from the start, or without a code cell that ran."""
    boxes = article(read_page(path)).xpath(
        f".//div[({has_class('exercise')} or {has_class('solution')}) and {has_class('admonition')}]")
    kinds = ["exercise" if "exercise" in box.get("class").split() else "solution" for box in boxes]
    bad = [] if kinds.count("exercise") >= 4 else [f"{kinds.count('exercise')} exercises, at least 4 are wanted"]
    for number, (box, kind) in enumerate(zip(boxes, kinds)):
        if kind == "solution":
            if "dropdown" not in box.get("class").split():
                bad.append(f"{box.get('id')}: not hidden")
            if not box.xpath(f".//div[{has_class('cell')}]//div[{has_class('cell_input')}]"):
                bad.append(f"{box.get('id')}: no code cell that ran")
        elif kinds[number + 1:number + 2] != ["solution"]:
            bad.append(f"{box.get('id')}: no solution after it")
    return bad


def bad_objectives(path: Path) -> list[str]:
    """Return what is wrong with the box of objectives: not there, or not three to five of them."""
    boxes = [box for box in article(read_page(path)).xpath(f".//*[{has_class('admonition')}]")
             if any(text_of(title) in OBJECTIVES for title in box.xpath(f"./*[{has_class('admonition-title')}]"))]
    if len(boxes) != 1:
        return [f"{len(boxes)} boxes of objectives, 1 is wanted"]
    count = len(boxes[0].xpath(".//li"))
    return [] if 3 <= count <= 5 else [f"{count} objectives, 3 to 5 are wanted"]


def missing_headings(path: Path) -> list[str]:
    there = [heading.lower() for heading in headings(read_page(path))]
    return [heading for heading in ("What to remember", "Next") if heading.lower() not in there]


def no_mathematics(path: Path) -> list[str]:
    return [] if article(read_page(path)).xpath(f".//*[{has_class('math')}]") else ["no formula on the page"]


def bad_quiz(path: Path) -> list[str]:
    """Return what is wrong with a chapter's quiz: not four to six questions, or an answer that is not explained."""
    body = article(read_page(path))
    forms = body.xpath(f".//form[{has_class('quiz-question')}]")
    bad = [] if 4 <= len(forms) <= 6 else [f"{len(forms)} questions, 4 to 6 are wanted"]
    for form in forms:
        answers = len(json.loads(form.get("data-typed", "[]"))) or len(form.xpath(".//input"))
        for number in range(max(answers, 1)):
            found = body.xpath(f".//li[@id='{form.get('id')}-why-{number}']")
            if not found or len(text_of(found[0]).split()) < 6:
                bad.append(f"{form.get('id')}: answer {number} has no explanation")
    return bad


CHAPTER_CHECKS = [too_few_figures, bad_exercises, bad_objectives, missing_headings, no_mathematics, bad_quiz]


# ---- the site

@pytest.mark.parametrize("page", PAGES)
def test_page_is_built(site, page):
    """Every page of the table of contents is there."""
    assert (site / f"{page}.html").exists()


def test_there_are_chapters():
    """The part whose chapters are checked below is in the table of contents."""
    assert len(CHAPTERS) >= 4


@pytest.mark.parametrize("check", PAGE_CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("page", PAGES)
def test_page(site, page, check):
    """Every page passes every check of pages."""
    assert check(site / f"{page}.html") == []


@pytest.mark.parametrize("check", CHAPTER_CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("page", CHAPTERS)
def test_chapter(site, page, check):
    """Every chapter passes every check of chapters."""
    assert check(site / f"{page}.html") == []


# ---- the checks themselves: a sound page passes, and each breakage is caught by its own check

FIGURE = ('<figure id="fig-{n}"><img src="plot.svg" alt="A curve that rises from left to right.">'
          '<figcaption><p><span class="caption-text">Notice how it rises.</span></p></figcaption></figure>')
EXERCISE = ('<div class="exercise admonition" id="ex-{n}"><p>Do it.</p></div>'
            '<div class="solution dropdown admonition" id="sol-{n}"><div class="cell docutils">'
            '<div class="cell_input">1 + 1</div></div></div>')
QUESTION = ('<form class="quiz-question" id="q-{n}"><input type="radio"><input type="radio"></form><ul>'
            '<li id="q-{n}-why-0">a. Right. It is what the rule says.</li><li id="q-{n}-why-1">b. Wrong. It is not so at all.</li></ul>')
SOUND = (
    '<html><head></head><body><article><h1>Run it<a class="headerlink" href="#top">#</a></h1><p id="top">Costs 5$, '
    'see <a href="other.html#there">there</a> and <a href="https://example.org/x#y">afar</a>; '
    '<span class="math">\\(\\frac{{1}}{{2}}\\)</span> and <code>{{prf:ref}}`x`</code>.</p>'
    '<div class="admonition"><p class="admonition-title">Objectives</p><ul><li>a</li><li>b</li><li>c</li></ul></div>'
    + "".join(FIGURE.format(n=n) for n in (1, 2)) + "".join(EXERCISE.format(n=n) for n in range(4))
    + "".join(QUESTION.format(n=n) for n in range(4)) + "<h2>What to remember</h2><h2>Next<a class=\"headerlink\" href=\"#top\">#</a></h2></article></body></html>"
).replace("{{", "{").replace("}}", "}")

BREAKAGES = [
    (broken_links, 'href="other.html#there"', 'href="other.html#gone"'),
    (broken_links, 'href="other.html#there"', 'href="gone.html"'),
    (broken_links, 'href="#top"', 'href="#gone"'),
    (broken_links, 'src="plot.svg"', 'src="gone.svg"'),
    (repeated_ids, 'id="ex-1"', 'id="ex-0"'),
    (bad_images, 'alt="A curve that rises from left to right."', ""),
    (bad_images, 'alt="A curve that rises from left to right."', 'alt=""'),
    (bad_images, 'alt="A curve that rises from left to right."', 'alt="../_images/9a6247add91ac2cc449a.svg"'),
    (bad_images, 'alt="A curve that rises from left to right."', 'alt="A plot"'),
    (bare_figures, "Notice how it rises.", ""),
    (bare_figures, "<h2>Next", '<img src="plot.svg" alt="A curve that rises from left to right."><h2>Next'),
    (errors_shown, "<h2>Next", '<div class="output traceback highlight-ipythontb">ValueError</div><h2>Next'),
    (errors_shown, "<h2>Next", '<div class="output stderr highlight-myst-ansi">careful</div><h2>Next'),
    (errors_shown, "<h2>Next", '<div class="admonition error"><p>Error</p></div><h2>Next'),
    (errors_shown, "<h2>Next", '<aside class="system-message">x</aside><h2>Next'),
    (raw_markup, "<p>Do it.</p>", "<p>See {prf:ref}`taylor`.</p>"),
    (raw_markup, "<p>Do it.</p>", "<p>See {numref} of {cite}.</p>"),
    (raw_markup, "<p>Do it.</p>", "<p>:::{note} Do it.</p>"),
    (raw_markup, "<p>Do it.</p>", "<p>```{code-cell}</p>"),
    (raw_markup, "<p>Do it.</p>", "<p>Take $x^2$ of it.</p>"),
    (raw_markup, "<p>Do it.</p>", "<p>See [here](other.md).</p>"),
    (thebe, "</head>", '<script src="https://unpkg.com/thebe"></script></head>'),
    (too_few_figures, FIGURE.format(n=2), ""),
    (bad_exercises, EXERCISE.format(n=3), ""),
    (bad_exercises, EXERCISE.format(n=3), EXERCISE.format(n=3).split('<div class="solution')[0]),
    (bad_exercises, '<div class="cell_input">1 + 1</div>', "<pre>1 + 1</pre>"),
    (bad_exercises, "solution dropdown", "solution"),
    (bad_objectives, ">Objectives<", ">Note<"),
    (bad_objectives, "<li>c</li>", ""),
    (missing_headings, "<h2>What to remember</h2>", ""),
    (missing_headings, "<h2>Next", "<h2>Nextdoor"),
    (no_mathematics, 'class="math"', 'class="maths"'),
    (bad_quiz, QUESTION.format(n=3), ""),
    (bad_quiz, QUESTION.format(n=0), "".join(QUESTION.format(n=n) for n in (0, 4, 5, 6))),
    (bad_quiz, 'id="q-1-why-0"', ""),
    (bad_quiz, "b. Wrong. It is not so at all.", "b. Wrong."),
]


def write_site(folder: Path, page: str) -> Path:
    """Write a page with its neighbours into this folder. Returns: the page's path."""
    (folder / "plot.svg").write_text("<svg/>")
    (folder / "other.html").write_text('<html><body><p id="there">There.</p></body></html>')
    path = folder / "page.html"
    path.write_text(page)
    return path


@pytest.mark.parametrize("check", PAGE_CHECKS + CHAPTER_CHECKS, ids=lambda check: check.__name__)
def test_the_tester_passes_a_sound_page(tmp_path, check):
    """A page that keeps every rule has no complaint."""
    assert check(write_site(tmp_path, SOUND)) == []


@pytest.mark.parametrize("check, sound, broken", BREAKAGES)
def test_the_tester_fails_a_broken_page(tmp_path, check, sound, broken):
    """Each rule, when one thing on the page breaks it, is the rule that complains."""
    assert sound in SOUND
    assert check(write_site(tmp_path, SOUND.replace(sound, broken)))


def test_every_check_has_a_breakage():
    """No check goes untested."""
    assert {check for check, _, _ in BREAKAGES} == set(PAGE_CHECKS + CHAPTER_CHECKS)
