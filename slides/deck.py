"""What makes a MyST page a deck of slides.

Its jobs:
- a page's second-level sections become slides, and what stands before the first of them the title slide;
- `:::{speaker}` holds a slide's speaker notes, and what follows `:::{right}` stands in a second column;
- a slide with a chapter's label, `(reverse_mode)=`, links to that chapter.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

LOGGER = logging.getLogger(__name__)
BOOK = Path(__file__).resolve().parent.parent / "book"
TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


class slide(nodes.section):
    """A slide; its `level` is that of its heading."""


class notes(nodes.General, nodes.Element):
    """What to say about a slide."""


class right(nodes.General, nodes.Element):
    """Where the second column begins."""


class Right(SphinxDirective):
    def run(self):
        return [right()]


class Speaker(SphinxDirective):
    has_content = True

    def run(self):
        node = notes()
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


def chapter_links(labels: list[str]) -> list[nodes.Node]:
    """Return a line that links to the chapters among a slide's labels, or nothing."""
    pages = [BOOK / f"{label}.md" for label in labels if (BOOK / f"{label}.md").exists()]
    line = nodes.paragraph(classes=["chapter"])
    for page in pages:
        title = TITLE.search(page.read_text(encoding="utf-8"))[1]
        line += [nodes.Text(" · " if len(line) else ""), nodes.reference("", title, refuri=f"../../book/{page.stem}.html")]
    return [line] if pages else []


def in_columns(content: list[nodes.Node]) -> list[nodes.Node]:
    """Return a slide's content, in two columns if there is a `right` in it; notes stay outside."""
    marks = [number for number, node in enumerate(content) if isinstance(node, right)]
    if not marks:
        return content
    rest = [node for node in content if isinstance(node, notes)]
    halves = content[1:marks[0]], content[marks[0] + 1:]
    columns = [nodes.container("", *[node for node in half if not isinstance(node, notes)]) for half in halves]
    return [content[0], nodes.container("", *columns, classes=["columns"]), *rest]


def cut_into_slides(app, doctree, docname):
    """Replace the sections of a page, one inside the other, by a row of slides."""
    [page] = [child for child in doctree if isinstance(child, nodes.section)]
    first = slide("", *[child for child in page if not isinstance(child, nodes.section)], ids=page["ids"],
                  classes=["title-slide"], level=1)
    slides = [first]
    for section in page.findall(nodes.section, descend=True):
        if section.parent is page:
            slides.append(slide("", *in_columns(section.children), *chapter_links(section["names"]), ids=section["ids"], level=2))
    for node in slides:
        if not any(isinstance(child, notes) for child in node):
            LOGGER.warning("slides: %r has no speaker notes; write them as :::{speaker}", node[0].astext(),
                           location=node[0])
    doctree[:] = slides


def stand_alone(app, doctree):
    """A deck is in no table of contents."""
    app.env.metadata[app.env.docname]["orphan"] = True


def visit_slide(self, node):
    self.section_level += node["level"]
    self.body.append(self.starttag(node, "section"))


def depart_slide(self, node):
    self.section_level -= node["level"]
    self.body.append("</section>\n")


def setup(app):
    app.add_node(slide, html=(visit_slide, depart_slide))
    app.add_node(notes, html=(lambda self, node: self.body.append(self.starttag(node, "aside", CLASS="notes")),
                              lambda self, node: self.body.append("</aside>\n")))
    app.add_directive("speaker", Speaker)
    app.add_directive("right", Right)
    app.connect("doctree-read", stand_alone)
    app.connect("doctree-resolved", cut_into_slides)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
