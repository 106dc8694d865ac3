"""A page's paragraphs, headings and formulas, and the way from each node of its tree to a block.

A node of a kind that has no form here is a warning, so that a strict build never loses text.
"""

import re

from docutils import nodes

from notebook_export.boxes import Boxes
from notebook_export.inline import SKIPPED, Inline, escape_start
from notebook_export.lists import Lists
from notebook_export.shapes import Block, Code, around, quoted

# Their children count.
THROUGH = {"document", "section", "compound", "glossary", "container", "HideCodeCellNode", "legend", "quiz", "quiz_question"}
LANGUAGES = {"ipython3": "python", "ipython": "python", "default": "", "none": "", "text": "", "myst-ansi": ""}
ROWS = re.compile(r"\\begin\{(align|gather|alignat|multline|equation|eqnarray)\*?\}(?:\{\d+\})?(.*)\\end\{\1\*?\}\Z", re.S)


class Page(Boxes, Lists):
    """Writes the blocks of one page.

    inline: writes what stands inside a paragraph. numbers: the page's `toc_fignumbers`. formats: `numfig_format`.
    labels: the titles of boxes by their kind.
    """

    def __init__(self, inline: Inline, numbers: dict, formats: dict, labels: dict):
        self.inline, self.numbers, self.formats, self.labels, self.warn = inline, numbers, formats, labels, inline.warn

    def children(self, node) -> list[Block]:
        return [block for child in node.children for block in self.write(child)]

    def write(self, node) -> list[Block]:
        """Return the blocks of one node."""
        kind = type(node).__name__
        if kind in SKIPPED:
            return []
        if method := getattr(self, f"write_{kind}", None):
            return method(node)
        if isinstance(node, nodes.Admonition):
            return self.box(node)
        if kind in THROUGH:
            return self.children(node)
        if isinstance(node, (nodes.Inline, nodes.Text)):         # inline content that no paragraph holds
            text = self.inline.write(node)
            return [text] if text.strip() else []
        self.warn(f"a {kind} has no form in a notebook: write it in another way, or teach it to notebook_export", node)
        return [node.astext()] if node.astext() else []

    def only_text(self, node) -> str:
        """Return the text of a node that cannot be split around a code cell."""
        blocks = self.children(node)
        if any(isinstance(block, Code) for block in blocks):
            self.warn(f"a code cell inside a {type(node).__name__} cannot go into a notebook: move it outside", node)
        return "\n\n".join(block for block in blocks if isinstance(block, str))

    def number(self, kind: str, node) -> str:
        """Return a node's number, such as "2", or "" for one without."""
        found = self.numbers.get(kind, {})
        return next((".".join(map(str, found[name])) for name in node["ids"] if name in found), "")

    # ---- text

    def write_title(self, node) -> list[Block]:
        depth = sum(isinstance(up, nodes.section) for up in ancestors(node))
        return [f"{'#' * min(depth, 6)} {self.inline.text(node)}"]

    def write_paragraph(self, node) -> list[Block]:
        text = escape_start(self.inline.text(node))
        return [text] if text else []

    write_quiz_prompt = write_paragraph

    def write_rubric(self, node) -> list[Block]:
        return [f"**{self.inline.text(node)}**"]

    write_sd_tab_label = write_caption = write_rubric

    def write_transition(self, node) -> list[Block]:
        return ["---"]

    def write_literal_block(self, node) -> list[Block]:
        text, language = node.astext().rstrip("\n"), node.get("language", "")
        fence = "`" * max(3, 1 + max(map(len, re.findall(r"`+", text)), default=0))
        return [f"{fence}{LANGUAGES.get(language, language)}\n{text}\n{fence}"]

    def write_math_block(self, node) -> list[Block]:
        text, tag = node.astext().strip(), f"\\tag{{{node['number']}}}" if node.get("number") else ""
        if match := ROWS.match(text):       # such an environment has numbers of its own, or none
            text = match[2].strip()
        text = re.sub(r"\n\s*\n", r" \\\\\n", text)          # an empty line would end the formula
        if r"\\" in re.sub(r"\\begin\{(\w+\*?)\}.*\\end\{\1\}", "", text, flags=re.S):
            text = f"\\begin{{aligned}}\n{text}\n\\end{{aligned}}"
        return [f"$$\n{text}{tag}\n$$"]

    def write_raw(self, node) -> list[Block]:
        text = node.astext()
        return [] if "html" not in node["format"].split() or "<script" in text else [text]

    def write_block_quote(self, node) -> list[Block]:
        return around(quoted, self.children(node))

    def write_attribution(self, node) -> list[Block]:
        return [f"— {self.inline.text(node)}"]

    write_versionmodified = write_block_quote

    def write_line_block(self, node) -> list[Block]:
        return ["<br>\n".join(self.inline.text(line) for line in node.findall(nodes.line))]

    def write_footnote(self, node) -> list[Block]:
        label, *rest = node.children
        text = "\n\n".join(str(block) for child in rest for block in self.write(child))
        return [f"<sup>{label.astext()}</sup> {text}"]

    def write_citation(self, node) -> list[Block]:
        label, *rest = node.children
        return ["\\[" + label.astext() + "\\] " + " ".join(str(block) for child in rest for block in self.write(child))]


def ancestors(node):
    """Yield the nodes that a node stands in, the innermost first."""
    while node.parent is not None:
        node = node.parent
        yield node
