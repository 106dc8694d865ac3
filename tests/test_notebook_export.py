"""A page becomes a notebook: each kind of node has its Markdown, and what a notebook cannot show fails the build."""

import json
import re

import lxml.html
import nbformat
import pytest

from tests import notebook_book

SITE = "https://example.org/course/"
PUBLISHED = {"COURSE_BASEURL": SITE.rstrip("/"), "COURSE_REPOSITORY": "https://github.com/some-org/a.course"}
COLAB = "https://colab.research.google.com/github/some-org/a.course/blob/gh-pages"


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The small book, built without any address."""
    folder = notebook_book.write_book(tmp_path_factory.mktemp("plain"))
    done = notebook_book.build(folder)
    assert done.returncode == 0, done.stderr[-2000:]
    return folder


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The small book, built with the addresses of its site and repository."""
    folder = notebook_book.write_book(tmp_path_factory.mktemp("published"))
    done = notebook_book.build(folder, **PUBLISHED)
    assert done.returncode == 0, done.stderr[-2000:]
    return folder


def text(folder) -> str:
    """Return the notebook's Markdown and code in order, as one string."""
    return "\n====\n".join(cell["source"] for cell in notebook_book.read(folder)["cells"])


def links(folder, page: str) -> dict[str, str]:
    """Return the addresses of a page's links by their text."""
    tree = lxml.html.parse(folder / f"_build/html/book/{page}.html")
    return {" ".join(a.text_content().split()): a.get("href") for a in tree.xpath("//a[@href]")}


@pytest.mark.parametrize("markdown", [
    "# All that *there* is",
    r"Text with `a|b`, a price of 5\$, a_b, \*no stars\*, 2 < 3, $x^2$ and <kbd>Ctrl</kbd>.<sup>1</sup>",
    "See Theorem 1, (1), A small book, A small book, Fig. 1, [One01], [afar](https://example.org/x_%28y%29).",
    "<sup>1</sup> A note in small print.",
    "**First**\n\nIn the first tab.\n\n**Second**\n\nIn the second.",
    "<details>\n<summary>Open me</summary>\n\nHidden words.\n\n</details>",
    "> **Theorem 1 (Taylor)**\n>\n> It holds that\n>\n> $$f(x) = 1\\tag{1}$$\n>\n> for all.",
    "> **Warning**\n>\n> Take care:\n>\n> - of this\n> - of that",
    "| a | b |\n| --- | --: |\n| `x` | $\\vert y\\vert $ |",
    "- **Term**: Its meaning.",
    "![A red square.](data:image/svg+xml;base64,",
    "**Fig. 1.** The caption.", "In a line: ![A red dot.](data:image/svg+xml;base64,",
    "#@title Code that the page folds away\ndraw.line()",
    "\n====\ndef twice(x):\n    return 2 * x\n\nprint(twice(3))\n====\n",
    "#@title Code that the page leaves out\nhidden = 1",
    "> **Exercise 1 (Try it)**\n>\n> Do it.",
    "<details>\n<summary>Solution to exercise 1</summary>\n\nBefore.\n\n</details>\n====\n"
    "#@title Solution to exercise 1\ndone = True\n====\n<details>\n<summary>Solution to exercise 1</summary>\n\nAfter.\n\n</details>",
    "$$\n\\begin{aligned}\na &= b \\\\\nc &= d\n\\end{aligned}\n$$",
    "**Sources**\n\n- \\[One01\\] Some One. A paper. 2001. [doi:10.1000/xyz](https://doi.org/10.1000/xyz).",
])
def test_each_kind_of_node_has_its_markdown(plain, markdown):
    """What a page can have is in the notebook, in the form that Jupyter and Colab show best."""
    assert markdown in text(plain)


def test_what_is_for_the_site_only_is_left_out(plain):
    """A cell with the tag site-only, which would need the book's own tools, is not in the notebook."""
    assert "glue" not in text(plain) and "myst" not in text(plain)


def test_the_first_cells_bring_what_the_page_needs(plain):
    """The first asks for the imported packages and those of the front matter; the second carries the module unchanged."""
    first, second = notebook_book.read(plain)["cells"][:2]
    needed = json.loads(re.search("needed = (.*?)  #", first["source"])[1])
    assert needed == {"numpy": "numpy", "matplotlib": "matplotlib", "beside": "beside"}
    assert (plain / "book/figures/all.py").read_text() in second["source"] and "'axes.grid': 'True'" in second["source"]


def test_metadata(plain):
    """The notebook is valid, asks Colab for the accelerator, and folds what has a title."""
    notebook = notebook_book.read(plain)
    nbformat.validate(nbformat.from_dict(notebook))
    assert notebook["metadata"]["accelerator"] == "GPU" and notebook["metadata"]["colab"]["gpuType"] == "T4"
    for cell in notebook["cells"]:
        assert ("cellView" in cell["metadata"]) == cell["source"].startswith("#@title")


def test_without_a_repository_only_the_download_is_offered(plain):
    """No button or link leads to Colab, and the page offers the notebook that is there."""
    assert links(plain, "all")[".ipynb"] == "../notebooks/all.ipynb"
    assert ".ipynb" not in links(plain, "index") and not (plain / "_build/html/notebooks/index.ipynb").exists()
    for page in ("index", "all"):
        assert "colab.research" not in (plain / f"_build/html/book/{page}.html").read_text()


def test_with_a_repository_the_buttons_lead_to_colab(published):
    """Page and handout are opened from the branch that holds the site."""
    assert links(published, "all")["Colab"] == f"{COLAB}/notebooks/all.ipynb"
    assert links(published, "index")["the task in Colab"] == f"{COLAB}/handouts/task.ipynb"
    assert "Colab" not in links(published, "index")


@pytest.mark.parametrize("markdown", [
    f"[Theorem 1]({SITE}book/all.html#taylor)", f"[(1)]({SITE}book/all.html#equation-one)",
    f"[A small book]({SITE}book/index.html#index)", f"[A small book]({SITE}book/index.html)",
    f"[Fig. 1]({SITE}book/all.html#plot)", f"[[One01]({SITE}book/index.html#id", "[afar](https://example.org/x_%28y%29)",
    f"This notebook is the page [All that there is]({SITE}book/all.html) of *A small book*.",
])
def test_with_an_address_links_lead_to_the_site(published, markdown):
    """References keep their numbers and lead to the page."""
    assert markdown in text(published)


def test_what_has_no_form_fails_the_build(tmp_path):
    """An unknown node, an unknown module and an unknown runtime are warnings that name the page, the first its line too."""
    folder = notebook_book.write_book(tmp_path, broken=True)
    done = notebook_book.build(folder)
    line = notebook_book.BROKEN.split("\n").index("```{hlist}") + 1
    assert done.returncode != 0
    for said in (f"broken.md:{line}: WARNING: a hlist has no form in a notebook",
                 "it imports no_such_module, which no installed package brings",
                 "runtime: expected gpu or tpu, got 'mainframe'"):
        assert said in done.stderr
    assert done.stderr.count("WARNING") == done.stderr.count("broken.md") == 3
