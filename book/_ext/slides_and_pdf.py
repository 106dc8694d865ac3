"""Links from the pages to the slides and the PDF, which are built after them.

As long as there is nothing behind such a link, it has no address, so that no page has a dead link.

Its jobs:
- give and take those addresses: tools/build_slides.py and tools/build_pdf.py call `connect`, too;
- give authors the role `{later}`: a link to a deck or the PDF, such as {later}`the PDF <jax-autodiff.pdf>`;
- at the foot of each page link the deck of its part, at the chapter's own slide if there is one, and the PDF.
"""

import re
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole

ROOT = Path(__file__).resolve().parent.parent.parent
LOGGER = logging.getLogger(__name__)
PDF = "jax-autodiff.pdf"
LINK = re.compile(r'(<a class="[^"]*\blater\b[^"]*" )(?:data-)?href="([^"#]+)([^"]*)"')


def connect(site: Path) -> None:
    """Let the links to things that are there work, in every page of a site's folder, and the others not."""
    for page in site.rglob("*.html"):
        def settle(match: re.Match) -> str:
            start, target, fragment = match.groups()
            return f'{start}{"" if (page.parent / target).exists() else "data-"}href="{target}{fragment}"'

        text = page.read_text(encoding="utf-8")
        if (settled := LINK.sub(settle, text)) != text:
            page.write_text(settled, encoding="utf-8")


@cache
def decks() -> dict[str, str]:
    """Return the text of each deck by its place in the site."""
    return {f"slides/{path.stem}/index.html": path.read_text(encoding="utf-8") for path in sorted((ROOT / "slides").glob("*.md"))}


class LaterRole(ReferenceRole):
    def run(self):
        known = [*decks(), PDF]
        if self.target not in known:
            LOGGER.warning("later: there is no %r; expected one of %s", self.target, ", ".join(known), location=self.get_location())
            return [], []
        up = "../" * self.env.docname.count("/")
        return [nodes.reference("", self.title, refuri=up + self.target, classes=["later"])], []


def deck_of(page: str, site_map) -> dict | None:
    """Return the deck of the part that a page is in: the part's caption, the deck's place, "#" and the page's slide."""
    for part in site_map.root.subtrees:
        name = re.sub(r"\W+", "_", (part.caption or "").lower())
        place = f"slides/{name}/index.html"
        if page in map(str, part.items) and (text := decks().get(place)):
            label = page.rpartition("/")[2]
            slide = f"#{nodes.make_id(label)}" if f"\n({label})=\n" in text else ""
            return {"caption": part.caption, "place": place, "slide": slide}
    return None


def link(app, pagename, templatename, context, doctree):
    if doctree is not None:
        context["pdf"] = PDF
        context["deck"] = deck_of(pagename, app.env.external_site_map)


def finish(app, exception):
    if not exception and app.builder.name == "html":
        connect(Path(app.outdir))


def setup(app):
    app.add_role("later", LaterRole())
    app.connect("html-page-context", link)
    app.connect("build-finished", finish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
