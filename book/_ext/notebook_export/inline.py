"""Text with its markup, as Markdown: what stands inside a paragraph, a title or a cell of a table.

Its jobs:
- escape what Markdown or a formula's dollar would take for markup;
- write emphasis, code, formulas, notes; links lead to the site, or are plain text where its address is unknown;
- keep what each citation stands for, so that the notebook can list its sources.
"""

import base64
import mimetypes
import re
from pathlib import Path
from urllib.parse import quote, urljoin

from docutils import nodes

SKIPPED = {"target", "index", "comment", "sd_tab_input", "toctree", "substitution_definition", "system_message"}
TRANSPARENT = {"inline", "generated", "problematic", "quiz_choice", "quiz_blank"}
AROUND = {"emphasis": ("*", "*"), "strong": ("**", "**"), "title_reference": ("*", "*"),
          "subscript": ("<sub>", "</sub>"), "superscript": ("<sup>", "</sup>"), "footnote_reference": ("<sup>", "</sup>")}


def escape(text: str) -> str:
    """Return text that Markdown shows as it is."""
    text = text.replace("\\", "&#92;")
    text = re.sub(r"([`*$])", r"\\\1", text)
    text = re.sub(r"(?<!\w)_|_(?!\w)", r"\\_", text)        # inside a word it is an ordinary letter
    text = re.sub(r"&(?=#?\w+;)(?!#92;)", "&amp;", text)
    text = re.sub(r"<(?=[A-Za-z/!?])", "&lt;", text)
    return text.replace("~~", r"\~\~").replace("](", "]&#40;")


def escape_start(text: str) -> str:
    """Return a paragraph whose first signs are no heading, list or quotation."""
    return re.sub(r"\A(\d+)(?=[.)]\s)", r"\1\\", re.sub(r"\A(?=#{1,6}\s|>|[+-]\s)", r"\\", text))


def code(text: str) -> str:
    """Return an inline piece of code, between as many backticks as it takes."""
    ticks = "`" * (max(map(len, re.findall(r"`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


class Inline:
    """Writes the inline nodes of one page.

    page: the page's address below the site's, such as "book/arrays.html".
    site: the site's address, ends in "/"; "" if it is not known.
    folder: where the addresses of image files start.
    warn: is called with a message and the node that it is about.
    """

    def __init__(self, page: str, site: str, folder: Path, warn):
        self.page, self.site, self.folder, self.warn = page, site, folder, warn
        self.sources = {}           # label of a citation: what it stands for

    def text(self, node) -> str:
        """Return a node's content as one line of Markdown."""
        return "".join(map(self.write, node.children)).strip()

    def write(self, node) -> str:
        kind = type(node).__name__
        if isinstance(node, nodes.Text):
            return escape(re.sub(r"\s*\n\s*", " ", node.astext()))
        if kind in SKIPPED:
            return ""
        if kind in AROUND:
            content, (before, after) = "".join(map(self.write, node.children)), AROUND[kind]
            return f"{before}{content}{after}" if content.strip() else content
        if method := getattr(self, f"write_{kind}", None):
            return method(node)
        if kind not in TRANSPARENT:
            self.warn(f"a {kind} has no form in a notebook: write it in another way, or teach it to notebook_export", node)
        return "".join(map(self.write, node.children))

    def write_literal(self, node) -> str:
        return f"<kbd>{escape(node.astext())}</kbd>" if "kbd" in node["classes"] else code(node.astext())

    def write_abbreviation(self, node) -> str:
        return escape(" ".join(filter(None, [node.astext(), f"({node['explanation']})" if node.get("explanation") else ""])))

    def write_math(self, node) -> str:
        return f"${' '.join(node.astext().split())}$"

    def write_raw(self, node) -> str:
        return node.astext() if "html" in node["format"].split() and "<svg" not in node.astext() else ""

    def write_image(self, node) -> str:
        address = node["uri"]
        if not re.match(r"[a-z]+:", address):       # carried along: a notebook is one file
            content = base64.b64encode((self.folder / address).read_bytes()).decode()
            address = f"data:{mimetypes.guess_type(address)[0]};base64,{content}"
        return f"![{re.sub(r'[][]', '', ' '.join(node.get('alt', '').split()))}]({address})"

    def address(self, node) -> str:
        """Return the full address that a reference leads to, or "" if it leads into a site without one."""
        target = node.get("refuri") or (f"#{node['refid']}" if node.get("refid") else "")
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            return target
        return urljoin(self.site + self.page, target) if self.site and target else ""

    def write_reference(self, node) -> str:
        if "bibtex-citation" in node.parent.get("classes", []) and node.get("reftitle"):
            self.sources[node.astext()] = node["reftitle"]
        return self.link("".join(map(self.write, node.children)), self.address(node))

    write_number_reference = write_reference

    def write_download_reference(self, node) -> str:
        path = f"_downloads/{node['filename']}" if "filename" in node else ""
        return self.link("".join(map(self.write, node.children)), self.site + quote(path) if self.site and path else "")

    def link(self, text: str, address: str) -> str:
        return f"[{text}]({quote(address, safe=SAFE)})" if address and text.strip() else text

    def write_list_of_sources(self) -> str:
        """Return what the page cites, as a list."""
        lines = []
        for label, source in sorted(self.sources.items(), key=lambda item: (len(item[0]), item[0])):
            text = re.sub(r"doi:(10\.\S+?)(\.?)$", lambda m: self.link(f"doi:{m[1]}", f"https://doi.org/{m[1]}") + m[2],
                          escape(source))
            lines.append(f"- \\[{label}\\] {text}")
        return "\n".join(lines)


SAFE = "/:?#@!$&'*+,;=%~[]"         # what an address keeps; parentheses and spaces would end a Markdown link
