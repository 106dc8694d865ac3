"""Lists and tables as Markdown."""

import re
from collections.abc import Iterable

from docutils import nodes

from notebook_export.shapes import Block, Code, indented


class Lists:
    """The part of a `Page` that writes lists and tables."""

    def items(self, marks: Iterable[str], texts: list[str]) -> list[Block]:
        return [("\n\n" if any("\n\n" in text for text in texts) else "\n").join(map(indented, texts, marks))]

    def write_bullet_list(self, node) -> list[Block]:
        return self.items(["- "] * len(node), [self.only_text(item) for item in node])

    def write_enumerated_list(self, node) -> list[Block]:
        texts, start = [self.only_text(item) for item in node], node.get("start", 1)
        if "alpha" in node.get("enumtype", ""):         # Markdown counts in digits only
            return self.items(["- "] * len(node), [f"{chr(96 + start + n)}. {text}" for n, text in enumerate(texts)])
        return self.items([f"{start + n}. " for n in range(len(node))], texts)

    def write_definition_list(self, node) -> list[Block]:
        texts = []
        for item in node:
            terms = [f"**{self.inline.text(part)}**" for part in item if isinstance(part, nodes.term)]
            meanings = [self.only_text(part) for part in item if isinstance(part, nodes.definition)]
            texts.append(", ".join(terms) + ": " + "\n\n".join(meanings))
        return self.items(["- "] * len(node), texts)

    def write_table(self, node) -> list[Block]:
        rows = [[self.cell(entry) for entry in row] for row in node.findall(nodes.row)]
        for entry in node.findall(nodes.entry):
            if entry.get("morerows") or entry.get("morecols"):
                self.warn("a cell over several rows or columns has no form in a notebook: split it", node)
        head = 1 if next(node.findall(nodes.thead), None) is not None else 0
        width = max(map(len, rows))
        marks = ["--:" if "text-right" in entry["classes"] else "---" for entry in next(node.findall(nodes.row))]
        lines = [*(rows[:1] if head else [[""] * width]), marks, *rows[head:]]
        caption = [self.caption("table", node, child) for child in node if isinstance(child, nodes.title)]
        return [*caption, "\n".join(f"| {' | '.join(line)} |" for line in lines)]

    def cell(self, entry) -> str:
        """Return what stands in one cell of a table, on one line; a bar would end the cell."""
        text = "<br>".join(self.only_text(entry).split("\n\n")).replace("\n", "<br>")
        text = re.sub(r"(?<!\\)\$[^$]+\$", lambda m: m[0].replace(r"\|", r"\Vert ").replace("|", r"\vert "), text)
        return text.replace("|", r"\|")
