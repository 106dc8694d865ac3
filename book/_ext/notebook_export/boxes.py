"""Boxes, pictures and code cells: what stands out from a page's text."""

from docutils import nodes

import playground
from notebook_export.shapes import Block, Code, Program, around, folded, quoted


class Boxes:
    """The part of a `Page` that writes notes, theorems, exercises, solutions, figures and code cells."""

    def caption(self, kind: str, node, caption) -> str:
        number = self.number(kind, node)
        start = f"**{self.formats[kind] % number}.** " if number else ""
        return start + self.inline.text(caption)

    def write_image(self, node) -> list[Block]:
        return [self.inline.write_image(node)]

    def write_figure(self, node) -> list[Block]:
        captions = [self.caption("figure", node, child) for child in node if isinstance(child, nodes.caption)]
        return [*(block for child in node if not isinstance(child, nodes.caption) for block in self.write(child)), *captions]

    # ---- boxes

    def box(self, node) -> list[Block]:
        """Return a note, a theorem, an exercise, …: a quotation under its title; if it is folded, folded."""
        own = next((child for child in node if isinstance(child, nodes.title)), None)
        words = self.inline.text(own) if own is not None else ""
        kind = type(node).__name__
        if "realtype" in node:                              # of sphinx-proof; the words are " (Name)"
            number = self.number(node.get("countertype", node["realtype"]), node)
            title = " ".join(filter(None, [node["realtype"].title(), number, words]))
        elif kind == "exercise_enumerable_node":
            title = " ".join(filter(None, ["Exercise", self.number("exercise", node), words]))
        elif kind == "solution_node" and (number := self.numbers.get("exercise", {}).get(node["target_label"])):
            title = f"Solution to exercise {'.'.join(map(str, number))}"
        else:
            title = words or str(self.labels.get(kind, ""))
        content = [block for child in node if child is not own for block in self.write(child)]
        if "dropdown" in node["classes"]:
            return folded(title, content)
        return around(quoted, ([f"**{title}**"] if title else []) + content)

    write_sidebar = write_topic = box

    def write_proof_node(self, node) -> list[Block]:
        return self.children(node)

    def write_dropdown_main(self, node) -> list[Block]:
        title = [self.inline.text(part) for part in node.findall(nodes.inline) if "sd-summary-text" in part["classes"]]
        return folded(title[0] if title else "More", [block for child in node.children[1:] for block in self.write(child)])

    def write_quiz_answers(self, node) -> list[Block]:
        title, *rest = node.children
        return folded(self.inline.text(title), [block for child in rest for block in self.write(child)])

    # ---- cells

    def write_container(self, node) -> list[Block]:
        if node.get("nb_element") == "cell_code":
            return self.code_cell(node)
        if "widget-playground" in node["classes"]:
            return [Program(playground.program(node))]
        return self.children(node)

    def code_cell(self, node) -> list[Block]:
        """Return a code cell, folded where the page hides its code, and the captions of its figures."""
        tags = node["cell_metadata"].get("tags", [])
        figures = list(node.findall(nodes.figure))
        numbers = [self.formats["figure"] % number for figure in figures if (number := self.number("figure", figure))]
        title = ""
        if any(tag.replace("_", "-") in ("hide-input", "hide-cell", "remove-input") for tag in tags):
            title = f"Draw {', '.join(numbers)}" if numbers else "Code that the page folds away"
        shows = " ".join(image.get("alt", "") for figure in figures for image in figure.findall(nodes.image))
        captions = [self.caption("figure", figure, child)
                    for figure in figures for child in figure if isinstance(child, nodes.caption)]
        return [Code(node["cell_index"], title, " ".join(shows.split())), *captions]
