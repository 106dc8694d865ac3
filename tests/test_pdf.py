"""The PDF is the whole book: each chapter with its bookmark, pages numbered, every letter drawn and inside the margins."""

import ctypes
import os
import re
import subprocess
import sys
import unicodedata
from functools import lru_cache
from pathlib import Path

import lxml.html
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from tools import build_pdf
from tools.summary import pages

ROOT = Path(__file__).resolve().parent.parent
PARTS = pages(ROOT / "_toc.yml")
MARGIN = 51.0 - 1.0             # points: 18 mm, a rounding less


@pytest.fixture(scope="module")
def pdf(site):
    """The printed book, as PDFium reads it."""
    path = site / build_pdf.PDF
    if not path.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the PDF is not printed: run `make pdf` first", pytrace=False)
    return pypdfium2.PdfDocument(path)


@lru_cache(maxsize=None)
def article(site: Path, page: str):
    tree = lxml.html.parse(str(site / f"{page}.html"), lxml.html.HTMLParser(encoding="utf-8"))
    return tree.xpath("//article/section[1]")[0]


def title(site: Path, page: str) -> str:
    heading = article(site, page).xpath(".//h1")[0]
    return " ".join(heading.text_content().removesuffix("#").split())


def bookmarks(document) -> list[tuple[int, str, int]]:
    """Return level, title and page, from 0, of each bookmark."""
    return [(m.level, " ".join(m.get_title().split()), m.get_dest().get_index()) for m in document.get_toc()]


def letters(document):
    """Yield page, code point, free room left and right, and whether no font has it, for each letter of a document."""
    left, right, bottom, top = box = [ctypes.c_double() for _ in range(4)]
    for number in range(len(document)):
        page = document[number]
        text, width = page.get_textpage(), page.get_width()
        for index in range(text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text, index)
            pdfium.FPDFText_GetCharBox(text, index, *box)
            yield number, code, (left.value, width - right.value), bool(pdfium.FPDFText_HasUnicodeMapError(text, index))


def bad_letters(document) -> list[str]:
    """Return the letters that no font has, and those that stick out into a margin."""
    found = []
    for number, code, room, unmapped in letters(document):
        if unmapped or code in (0, 0xFFFD):
            found.append(f"page {number + 1}: a letter is missing (U+{code:04X})")
        # Private code points are pieces of stretched brackets, which are clipped on purpose.
        elif chr(code).isprintable() and not chr(code).isspace() and not 0xE000 <= code < 0xF900:
            if min(room) < MARGIN:
                found.append(f"page {number + 1}: {chr(code)!r} stands {min(room):.0f} points from the edge")
    return found


def painted_margins(document) -> list[str]:
    """Return the pages that have anything painted right or left of the column."""
    found = []
    for number in range(len(document)):
        image = document[number].render(scale=0.5).to_numpy()
        margin = int(MARGIN / 2) - 1
        if (image[:, :margin] < 250).any() or (image[:, -margin:] < 250).any():
            found.append(f"page {number + 1}")
    return found


def shrunk(document) -> bool:
    """Tell whether Chromium made the print smaller than it was meant, which it does when something is too wide."""
    part = next(iter(document[len(document) // 2].get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])))
    return part.get_matrix().a < 0.749              # points in a CSS pixel: 0.75


def test_bookmarks_are_the_chapters(site, pdf):
    """The bookmarks of the upper levels are the parts and, in them, the chapters, in order, each on a page of its own."""
    wanted = []
    for part, names in PARTS.items():
        wanted += [(0, part)] if part else []
        wanted += [(1 if part else 0, title(site, name)) for name in names]
    found = bookmarks(pdf)
    index = [mark[:2] for mark in found if mark[0] == 0 or mark[:2] in wanted]
    assert index == wanted
    starts = [page for level, name, page in found if (level, name) in wanted and name not in PARTS]
    assert starts == sorted(set(starts))


def test_contents_and_footers_tell_the_page(site, pdf):
    """The table of contents names each chapter's page; the foot of each page but the first tells its number."""
    contents = " ".join(pdf[1].get_textpage().get_text_range().split())
    pages_of = {name: page for level, name, page in reversed(bookmarks(pdf)) if level < 2}
    for names in PARTS.values():
        for name in names:
            assert f"{title(site, name)} {pages_of[title(site, name)] + 1}" in contents
    for number in range(1, len(pdf)):
        foot = pdf[number].get_textpage().get_text_bounded(bottom=0, top=MARGIN)
        assert re.findall("[A-Za-z0-9]+", foot) == [str(number + 1)]        # there may be clipped ends of tall brackets


def test_the_number_of_pages_is_plausible(site, pdf):
    """A page of paper holds between 900 and 4000 characters of the articles, on the average."""
    characters = sum(len(article(site, name).text_content()) for names in PARTS.values() for name in names)
    assert characters / 4000 < len(pdf) < characters / 900


def test_text_has_its_size(pdf):
    assert not shrunk(pdf)


def test_every_letter_is_there_and_inside_the_margins(pdf):
    assert bad_letters(pdf) == []


def test_nothing_is_painted_into_the_margins(pdf):
    """No figure, table or line of code is wider than the column."""
    assert painted_margins(pdf) == []


def test_no_letter_of_the_pages_is_lost(site, pdf):
    """Each character beyond ASCII that stands on a page, outside formulas, is somewhere in the PDF."""
    printed = {chr(code) for _, code, _, _ in letters(pdf)}
    wanted = {}
    for names in PARTS.values():
        for name in names:
            for text in article(site, name).xpath(".//text()[not(ancestor::script or ancestor::*[contains(@class, 'math')])]"):
                wanted |= {c: name for c in unicodedata.normalize("NFC", text) if ord(c) > 126 and c.isprintable()}
    printed |= set(unicodedata.normalize("NFC", "".join(printed)))
    assert {c: name for c, name in wanted.items() if c not in printed and not unicodedata.combining(c)} == {}


def test_solutions_and_tabs_are_open(site, pdf):
    """Folded solutions and all tabs are printed."""
    text = " ".join(" ".join(pdf[n].get_textpage().get_text_range().split()) for n in range(len(pdf)))
    solutions = [s for names in PARTS.values() for name in names
                 for s in article(site, name).xpath(".//div[contains(@class, 'solution')]//div[contains(@class, 'cell_input')]")]
    assert len(solutions) > 20
    squeezed = re.sub(r"\W", "", text)
    for solution in solutions:
        line = max(solution.text_content().splitlines(), key=len).split("#")[0]
        assert re.sub(r"\W", "", line)[:40] in squeezed, line
    for tab in article(site, PARTS[""][0]).xpath(".//label"):
        assert " ".join(tab.text_content().split()) in text


def test_fonts_are_embedded(pdf):
    fonts = set()
    for number in range(0, len(pdf), 7):
        for part in pdf[number].get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            fonts.add(pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(part.raw)))
    assert fonts == {1}


def test_links_lead_into_the_book_or_to_the_web(site, pdf):
    """No link names a file or a server of the machine that printed it; there are links inside."""
    with pikepdf.open(site / build_pdf.PDF) as document:
        links = [note for page in document.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
        outside = [str(note.A.URI) for note in links if "/A" in note]
    assert outside and len(links) > len(outside) + 300
    assert [to for to in outside if not re.match(r"https?://(?!localhost|127\.)|mailto:", to)] == []


def test_the_pdf_is_for_everybody(site, pdf):
    """It is tagged, has a language and a title, and is no larger than need be."""
    assert pdfium.FPDFCatalog_IsTagged(pdf.raw)
    assert pdf.get_metadata_value("Title") == "Automatic Differentiation with JAX"
    with pikepdf.open(site / build_pdf.PDF) as document:
        assert str(document.Root.Lang) == "en"
    assert (site / build_pdf.PDF).stat().st_size < 50_000 * len(pdf)


def test_every_page_links_the_pdf(site, pdf):
    for names in PARTS.values():
        for name in names:
            assert f"../{build_pdf.PDF}" in lxml.html.parse(str(site / f"{name}.html")).xpath("//a/@href")


# ---- the tools and the checks themselves

def test_every_link_inside_has_its_place(site):
    """In the document that is printed each link to a place leads to one, and no place's name is there twice."""
    tree = lxml.html.fromstring(build_pdf.assemble(ROOT))
    places = tree.xpath("//@id")
    assert len(places) == len(set(places))
    assert {to for to in tree.xpath("//a/@href") if to.startswith("#")} <= {f"#{place}" for place in places}
    assert not [to for to in tree.xpath("//a/@href") if not re.match("#|https?:|mailto:", to)]


def test_without_a_site_nothing_is_printed(tmp_path, capsys):
    assert build_pdf.main(tmp_path) == 1
    assert "make site" in capsys.readouterr().err


def test_without_a_browser_there_is_one_sentence(site):
    """The tool stops with a sentence that says what to install, and without a traceback."""
    run = subprocess.run([sys.executable, str(ROOT / "tools/build_pdf.py")], capture_output=True, text=True,
                         env=os.environ | {"CHROMIUM": "/nowhere/chromium"})
    assert run.returncode == 1 and "Traceback" not in run.stderr and "install" in run.stderr
    run = subprocess.run([sys.executable, str(ROOT / "tools/browser.py")], capture_output=True, text=True,
                         env=os.environ | {"CHROMIUM": "/nowhere/chromium"})
    assert run.returncode == 1 and "Traceback" not in run.stderr and "install" in run.stderr


@pytest.fixture
def print_html(chromium):
    """Return a function that prints HTML as the book is printed."""
    page = build_pdf.open_page(chromium)
    style = (ROOT / "tools/print.css").read_text()

    def print_(body: str):
        page.set_content(f'<!doctype html><html lang="en"><title>x</title><style>{style}</style><body>{body}</body></html>')
        page.evaluate(build_pdf.SHRINK)
        document = pypdfium2.PdfDocument(build_pdf.print_page(page))
        document.wide = page.evaluate(build_pdf.WIDE)
        return document
    yield print_
    page.close()


def test_a_sound_page_passes(print_html):
    document = print_html(f"<p>Text with σ, → and ∂.</p><pre>{'x' * 300}</pre>")
    assert bad_letters(document) == [] and painted_margins(document) == [] and document.wide == [] and not shrunk(document)


@pytest.mark.parametrize("body, check", [
    ("<p>\U00013000</p>", bad_letters), ("<style>@page { margin: 9mm }</style><p>word", bad_letters),
    ('<style>@page { margin: 9mm }</style><div style="height: 9px; background: #000"></div>', painted_margins),
    ('<p style="white-space: nowrap">' + "word " * 60, lambda document: document.wide),
    ('<p style="margin-left: -30px">word', lambda document: document.wide),
    ('<div style="width: 700px; height: 9px">', lambda document: document.wide),
    ('<p style="white-space: nowrap">' + "word " * 40, shrunk)], ids=["letter", "outside", "painted", "wide", "left", "block", "shrunk"])
def test_a_fault_is_noticed(print_html, body, check):
    assert check(print_html(body))


def test_a_wide_table_shrinks(print_html):
    """What the column cannot hold is made smaller, and nothing else is."""
    row = "".join(f"<td style='white-space: nowrap'>number {k}</td>" for k in range(14))
    document = print_html(f"<p>Text</p><table><tr>{row}</tr></table>")
    assert document.wide == [] and not shrunk(document)
