"""The notebooks of the built site say what its pages say, in plain Markdown, and the pages' buttons lead to them.

The Markdown is read back by another program than the one that wrote it, and compared with the page's HTML.
"""

import json
import re

import lxml.html
import nbformat
import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from tests.test_site import PAGES, ROOT, article, has_class, read_page

SOURCES = {page.split("/")[-1]: (ROOT / f"{page}.md").read_text(encoding="utf-8") for page in ["book/index", *PAGES]}
NOTEBOOKS = sorted(name for name, source in SOURCES.items() if re.match(r"---\n[^`]*?\nkernelspec:", source))
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(
    dollarmath_plugin, allow_space=True, allow_digits=True, double_inline=True)
MYST = [r"\{[a-z][\w:.+-]*\}`", r"^:::+", r"```\{", r"^\([\w-]+\)=", r"%%%|\bnb_element\b"]


# ---- reading

def read(path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def rendered(notebook: dict):
    """Return the notebook's Markdown as an HTML tree."""
    parts = [MARKDOWN.render(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    return lxml.html.fromstring(f"<div>{''.join(parts)}</div>")


def words(element) -> str:
    """Return an element's text without its formulas."""
    element = lxml.html.fromstring(lxml.html.tostring(element, with_tail=False))
    kinds = " or ".join(map(has_class, ("math", "headerlink", "eqno")))
    for unwanted in element.xpath(f"//*[{kinds}]"):
        unwanted.drop_tag() if unwanted is element else unwanted.drop_tree()
    return " ".join(element.text_content().split())


def formulas(text: str) -> str:
    return re.sub(r"\\(?:begin|end)\{(?:split|aligned?|equation)\*?\}|\\tag\{\d+\}|\\[()\[\]]|\s", "", text)


def paragraphs(tree) -> list[str]:
    """Return the texts of a page outside what its cells show, and outside the fields of a quiz."""
    outside = (f"not(ancestor::summary or ancestor::*[{has_class('cell_output')}] "
               f"or ancestor-or-self::*[{has_class('quiz-blank')}])")
    kinds = " or ".join(f"self::{kind}" for kind in ("p", "h1", "h2", "h3", "h4", "li", "dt", "td", "th"))
    found = article(tree).xpath(f".//*[{kinds}][{outside}] | .//figcaption//*[{has_class('caption-text')}]")
    return [text for element in found if not element.xpath(".//p | .//li") and (text := words(element))]


# ---- what is wrong with a notebook

def strange_cells(notebook: dict) -> list[str]:
    """Return what a clean notebook has not: outputs, counts, repeated ids."""
    nbformat.validate(nbformat.from_dict(notebook))
    ids = [cell["id"] for cell in notebook["cells"]]
    return ([f"{cell['id']}: has outputs" for cell in notebook["cells"] if cell.get("outputs") or cell.get("execution_count")]
            + sorted({f"{name}: twice" for name in ids if ids.count(name) > 1}))


def markup_left(notebook: dict) -> list[str]:
    """Return what only MyST understands."""
    found = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            text = re.sub(r"^```(?!\{).*?^```$", "", cell["source"], flags=re.M | re.S)      # code may look like it
            found += [match.group() for pattern in MYST for match in re.finditer(pattern, text, re.M)]
    return found


def dead_links(notebook: dict) -> list[str]:
    """Return the links and pictures that lead nowhere from a notebook on its own."""
    tree = rendered(notebook)
    return [link for link in tree.xpath("//@href | //@src") if not re.match(r"https?://\w|mailto:|data:image/", link)]


def lost_text(notebook: dict, page) -> list[str]:
    """Return the paragraphs of a page that its notebook has not."""
    there = words(rendered(notebook))
    return [text for text in paragraphs(page) if text not in there]


def lost_formulas(notebook: dict, page) -> list[str]:
    there = formulas("".join(e.text_content() for e in rendered(notebook).xpath(f"//*[{has_class('math')}]")))
    shown = article(page).xpath(f".//*[{has_class('math')}][not(ancestor::*[{has_class('cell_output')}])]")
    return [formula.text_content() for formula in shown if formulas(formula.text_content()) not in there]


def lost_code(notebook: dict, page) -> list[str]:
    """Return the code of a page's cells that its notebook has not."""
    there = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    shown = article(page).xpath(f".//div[{has_class('cell_input')}]//pre")
    return [pre.text_content() for pre in shown if not any(pre.text_content().strip() in source for source in there)]


# ---- the site's

@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_notebook_is_clean(site, name):
    """It is valid, has no outputs, nothing that only MyST understands, and no link to nowhere."""
    notebook = read(site / "notebooks" / f"{name}.ipynb")
    assert strange_cells(notebook) == [] and markup_left(notebook) == [] and dead_links(notebook) == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_notebook_says_what_the_page_says(site, name):
    """Each paragraph, formula and cell of the page is in it."""
    notebook, page = read(site / "notebooks" / f"{name}.ipynb"), read_page(site / "book" / f"{name}.html")
    assert lost_text(notebook, page) == [] and lost_formulas(notebook, page) == [] and lost_code(notebook, page) == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_page_offers_its_notebook(site, name):
    """The download button leads to the notebook; the theme's copy of the MyST source as a notebook is not there."""
    links = read_page(site / "book" / f"{name}.html").xpath("//a[contains(@class, 'btn-download-notebook-button')]/@href")
    assert links == [f"../notebooks/{name}.ipynb"] and not list((site / "_sources").rglob("*.ipynb"))


def test_there_is_a_notebook_for_each_page_with_code(site):
    """No page is forgotten, and none is left from before."""
    assert sorted(path.stem for path in (site / "notebooks").iterdir()) == NOTEBOOKS
    assert {name for name, source in SOURCES.items() if "{code-cell}" in source} <= set(NOTEBOOKS)


def test_solutions_are_folded(site):
    """The cells of solutions, and the text of those that have one, open on a click."""
    notebook = read(site / "notebooks/reverse_mode.ipynb")
    titled = [cell for cell in notebook["cells"] if cell["source"].startswith("#@title Solution to exercise")]
    assert len(titled) == 4 and all(cell["metadata"]["cellView"] == "form" for cell in titled)
    assert any(re.search(r"<details>\n<summary>Solution to exercise \d+</summary>\n\nA value is appended", cell["source"])
               for cell in notebook["cells"])
