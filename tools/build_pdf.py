"""Print the built site as one PDF: `_build/html/jax-autodiff.pdf`.

    python tools/build_pdf.py

Its jobs:
- lay the articles of all pages one after another into `_build/print.html`: numbers, outputs and figures
  are those of the site; links between pages become links inside the document;
- open what can be folded, show all tabs, shrink what is wider than the paper;
- let Chromium print it with bookmarks and page numbers; twice, since only a print tells the page
  numbers that the table of contents needs.
"""

import io
import sys
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html
import pikepdf
import pypdfium2
import yaml
from lxml.html import builder as E
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "book/_ext")]

from address import chosen  # noqa: E402
from slides_and_pdf import PDF, connect  # noqa: E402
from tools.browser import NoBrowser, launch  # noqa: E402
from tools.summary import pages  # noqa: E402

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
USELESS = ".//script | .//style | .//a[@class='headerlink'] | .//button | .//summary | .//input"
SHRINK = """() => {       // what is wider than its place
    for (const e of document.querySelectorAll("mjx-container[display], table")) {
        const room = e.parentElement.clientWidth, wide = Math.max(e.scrollWidth, e.offsetWidth);
        if (wide > room) e.style.fontSize = `${0.98 * parseFloat(getComputedStyle(e).fontSize) * room / wide}px`;
    }}"""
# Chromium would print the whole book smaller for the sake of one line that is too wide, and cut off what is left of the column.
WIDE = """() => {
    const end = e => e.getBoundingClientRect().left + Math.max(e.offsetWidth, e.scrollWidth);
    const wide = [...document.querySelectorAll("body *:not(section, mjx-container *)")]
        .filter(e => end(e) > innerWidth + 1 || e.getBoundingClientRect().left < -1);
    return wide.map(e => `${e.closest("body > section")?.id ?? "the front"}: ${e.tagName.toLowerCase()} ${e.textContent.trim().slice(0, 60)}`);
}"""
NUMBER = """numbers => {      // the lines of the table of contents
    for (const line of document.querySelectorAll(".contents a")) line.nextElementSibling.textContent = numbers[line.textContent];
}"""


def take_article(path: Path, slug: str, site: str, shift: int):
    """Return the article of a page, fit to stand beside others in one document.

    Args:
      path: the built page; slug: the prefix of its ids; site: the published site's address or "";
      shift: by how many levels its headings move down.
    """
    [article] = lxml.html.fromstring(path.read_text(encoding="utf-8")).xpath("//article/section[1]")
    for element in article.xpath(USELESS):
        element.drop_tree()
    for element in article.iter(lxml.etree.Element):
        for name in ("id", "for"):
            if element.get(name):
                element.set(name, f"{slug}--{element.get(name)}")
        if element.tag == "details":
            element.tag = "div"
        if element.tag in HEADINGS:
            element.tag = HEADINGS[min(HEADINGS.index(element.tag) + shift, 5)]
        if element.get("src"):
            element.set("src", f"html/book/{element.get('src')}")
        if element.get("href"):
            move_link(element, slug, site)
    return article


def move_link(link, slug: str, site: str) -> None:
    """Point a link into the document, or to the published site; without either it is no link."""
    parts = urlsplit(link.get("href"))
    if parts.scheme or parts.netloc:
        return
    page = Path(unquote(parts.path)).stem if parts.path else slug
    if not parts.path or (parts.path.endswith(".html") and "/" not in parts.path):
        link.set("href", f"#{page}--{unquote(parts.fragment)}" if parts.fragment else f"#{page}")
    elif site:
        link.set("href", urljoin(f"{site}/book/", link.get("href")))
    else:
        del link.attrib["href"]


def assemble(root: Path) -> str:
    """Return the document, still without page numbers in its table of contents."""
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    site = chosen("COURSE_BASEURL", config["html"]["baseurl"])
    body, contents, rules = [], [], []
    for part, names in pages(root / "_toc.yml").items():
        if part:
            contents.append(E.P(part, E.CLASS("part")))
        for name in names:
            slug = name.rpartition("/")[2]
            article = take_article(root / "_build/html" / f"{name}.html", slug, site, shift=1 if part else 0)
            title = article.find(".//h2" if part else ".//h1")
            title.set("class", "chapter-title")
            heading = [E.H1(part, E.CLASS("part-title"))] if part and name == names[0] else []
            words = title.text_content()
            contents.append(E.P(E.A(words, href=f"#{slug}"), E.SPAN()))
            rules.append(f"#{slug} {{ page: {slug}; }} @page {slug} {{ @top-right {{ content: {css_string(words)}; }} }}")
            body.append(E.SECTION(*heading, article, id=slug))
    cover = E.DIV(E.P(config["title"], E.CLASS("title")), E.P(config["copyright"]), E.CLASS("cover"))
    toc = E.DIV(E.P("Contents", E.CLASS("contents-title")), *contents, E.CLASS("contents"))
    text = "\n".join(lxml.html.tostring(e, encoding="unicode") for e in (cover, toc, *body))
    return PAGE.format(title=config["title"], rules="\n".join(rules), body=text)


def css_string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ")
    return f'"{escaped}"'


PAGE = """<!doctype html>
<html lang="en" data-theme="light"><head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="html/_static/pygments.css"><link rel="stylesheet" href="../tools/print.css">
<style>{rules}</style>
<script>MathJax = {{options: {{ignoreHtmlClass: "no-math", processHtmlClass: "math", enableMenu: false}}, startup: {{elements: [".math"]}}}};</script>
<script defer src="html/_static/vendor/mathjax/tex-chtml.js"></script>
</head><body>
{body}
</body></html>
"""


def open_page(browser):
    """Return an empty page, as wide as the column of 174 mm."""
    page = browser.new_page(viewport={"width": 658, "height": 900})
    page.set_default_timeout(300_000)
    page.emulate_media(media="print", color_scheme="light")
    return page


def print_page(page) -> bytes:
    return page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)


def first_pages(pdf: bytes) -> dict[str, int]:
    """Return the page, counted from 1, of each bookmark of the two upper levels."""
    found = {}
    for mark in pypdfium2.PdfDocument(pdf).get_toc():
        if mark.level < 2:
            found.setdefault(mark.get_title(), mark.get_dest().get_index() + 1)
    return found


def main(root: Path = ROOT) -> int:
    site = root / "_build/html"
    if not (site / "index.html").exists():
        print("The PDF is printed from the site, which is not there: run `make site` first.", file=sys.stderr)
        return 1
    print("Printing the PDF ...", flush=True)
    source = root / "_build/print.html"
    source.write_text(assemble(root), encoding="utf-8")
    try:
        with sync_playwright() as playwright, launch(playwright) as browser:
            page = open_page(browser)
            page.goto(source.as_uri())
            page.wait_for_function("() => MathJax.startup?.promise?.then(() => true)")
            page.evaluate(SHRINK)
            if wide := page.evaluate(WIDE):
                print("The PDF was not printed, as this is wider than the paper:", *wide[:10], sep="\n  ", file=sys.stderr)
                return 1
            numbers = first_pages(print_page(page))
            page.evaluate(NUMBER, numbers)
            pdf = print_page(page)
    except NoBrowser as error:
        print(f"The PDF was not printed: {error}", file=sys.stderr)
        return 1
    with pikepdf.open(io.BytesIO(pdf)) as document:       # a third of what Chromium writes
        document.save(site / PDF, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    connect(site)
    print(f"The PDF is {site.relative_to(root) / PDF} ({len(pypdfium2.PdfDocument(pdf))} pages).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
