"""What a page is turned into: blocks, and the shapes that can be put around them.

A block is a string of Markdown, a `Code` that stands for one of the page's code cells, or a `Program` that the page
only offers to run. A cell cannot stand inside a box or a list; so what is put around blocks is put around the texts
before, between and after their cells.
"""

import re
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import groupby


@dataclass(frozen=True)
class Code:
    """One of the page's code cells. title: what is shown while the cell is folded, "" for an open cell."""

    index: int
    title: str = ""
    shows: str = ""         # what its picture shows, for those who do not see it


@dataclass(frozen=True)
class Program:
    """A cell of its own that is none of the page's cells. title as in `Code`."""

    source: str
    title: str = ""


Block = str | Code | Program


def quoted(text: str) -> str:
    """Return a quotation. Formulas go on one line: Jupyter takes the marks at the start of further lines for TeX."""
    text = re.sub(r"^\$\$\n(.*?)\n\$\$$", lambda m: f"$${' '.join(m[1].split())}$$", text, flags=re.M | re.S)
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def indented(text: str, mark: str) -> str:
    """Return a list's item: its first line behind the mark, the others below its text."""
    return mark + textwrap.indent(text, " " * len(mark)).lstrip()


def around(texts: Callable[[str], str], blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks, each run of texts among them joined and put through a function."""
    found = []
    for is_text, run in groupby(blocks, lambda block: isinstance(block, str)):
        found += [texts("\n\n".join(run))] if is_text else list(run)
    return found


def folded(title: str, blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks behind a title that opens them; Markdown in it is read, thanks to the empty lines."""
    title = re.sub(r"[*`\\]", "", title)
    return [block if isinstance(block, str) else replace(block, title=block.title or title)
            for block in around(lambda text: f"<details>\n<summary>{title}</summary>\n\n{text}\n\n</details>", blocks)]
