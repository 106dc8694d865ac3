"""One clean notebook for each page that has code, for Colab and for download, and the buttons that lead to them.

Its jobs:
- write `notebooks/<page>.ipynb` into the site, from the page's resolved tree: numbers, citations and links are those
  of the page, and lead to the site; nothing in it needs this repository;
- put the address in Colab, and that of the notebook, in place of the theme's, which cannot open MyST pages;
- give authors the role `{colab}`: a link that opens a file of the site in Colab, and is left out where no repository
  is known.

A page asks for an accelerator in Colab with `runtime: gpu` or `runtime: tpu` in its front matter, and for packages
that its cells do not import by name with `packages: [name]`.
"""

import json
from pathlib import Path

from docutils import nodes
from sphinx.locale import admonitionlabels
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole

from notebook_export import cells, settings
from notebook_export.blocks import Page, ancestors
from notebook_export.inline import Inline

LOGGER = logging.getLogger(__name__)


def is_notebook(app, docname: str) -> bool:
    return "kernelspec" in app.env.metadata.get(docname, {})


def notebook_path(docname: str) -> str:
    """Return where the site has a page's notebook: "book/arrays" is in "notebooks/arrays.ipynb"."""
    return f"notebooks/{docname.removeprefix('book/')}.ipynb"


def warn(message: str, node) -> None:
    """Warn about a node of a page, or about the page of this name."""
    if isinstance(node, nodes.Node):        # some have no line of their own
        node = next((up for up in (node, *ancestors(node)) if up.line is not None), node)
    LOGGER.warning(message, location=node, type="notebook")


def listed(value) -> list[str]:
    """Return a list of the front matter, which MyST may hand on as JSON. Raises: ValueError for anything else."""
    found = json.loads(value) if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise ValueError(f"packages: expected a list such as [optax, diffrax], got {value!r}")
    return found


def read_code(app, docname: str) -> dict[int, str]:
    """Return the code of a page's cells by their index; the tag `site-only` leaves one out."""
    path = Path(app.outdir).parent / "jupyter_execute" / f"{docname}.ipynb"
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return {index: "".join(cell["source"]) for index, cell in enumerate(found)
            if cell["cell_type"] == "code" and "site-only" not in cell["metadata"].get("tags", [])}


def first_cells(app, docname: str, code: dict[int, str], asked: list[str]) -> list[dict]:
    """Return the cells before the page's own: what it needs from elsewhere."""
    folder = Path(app.srcdir, docname).parent / "figures"
    names = set().union(*map(cells.imports, code.values()))
    drawings = sorted(name.removeprefix("figures.") for name in names if name.startswith("figures."))
    if drawings:
        modules = [(folder / f"{name}.py").read_text(encoding="utf-8") for name in drawings]
        names |= {"matplotlib"}.union(*map(cells.imports, modules))
    names = {name for name in names if not name.startswith("figures")}
    needed = cells.packages(names) | {name: name for name in asked}
    return [cells.code_cell(cells.SETUP.format(needed=json.dumps(needed)), "set up"),
            *(cells.figures_cell(folder, name) for name in drawings)]


def write_notebook(app, doctree, docname: str) -> None:
    """Write the page's notebook into the site."""
    if app.builder.name != "html" or not is_notebook(app, docname):
        return
    front, page = app.env.metadata[docname], app.builder.get_target_uri(docname)
    runtime = front.get("runtime", "")
    if runtime not in ("", *cells.RUNTIMES):
        warn(f"runtime: expected gpu or tpu, got {runtime!r}", docname)
    inline = Inline(page, app.config.published.site, Path(app.srcdir), warn)
    blocks = Page(inline, app.env.toc_fignumbers.get(docname, {}), app.config.numfig_format, admonitionlabels).write(doctree)
    if sources := inline.write_list_of_sources():
        blocks += ["---", f"**Sources**\n\n{sources}"]
    if inline.site:
        title = app.env.titles[docname].astext()
        blocks.append(f"This notebook is the page {inline.link(title, inline.site + page)} of *{app.config.html_title}*.")
    code = read_code(app, docname)
    try:
        first = first_cells(app, docname, code, listed(front.get("packages", [])))
    except (LookupError, OSError, SyntaxError, ValueError) as error:
        warn(f"no notebook can be made of this page: {error}", docname)
        return
    path = Path(app.outdir, notebook_path(docname))
    made = cells.notebook(first + cells.page_cells(blocks, code), path.name, runtime)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(made, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


def rewire_buttons(app, pagename, templatename, context, doctree) -> None:
    """Let the page's buttons lead to its notebook; those that the theme would make are left out."""
    buttons = context.get("header_buttons")
    if buttons is None:
        return
    buttons[:] = [button for button in buttons if button.get("label") != "launch-buttons"]
    if not is_notebook(app, pagename):
        return
    path = notebook_path(pagename)
    for group in buttons:
        if group.get("label") == "download-buttons":
            group["buttons"] = [button for button in group["buttons"] if button["label"] != "download-notebook-button"]
            group["buttons"].insert(0, {"type": "link", "url": context["pathto"](path, 1), "text": ".ipynb",
                                        "icon": "fas fa-code", "tooltip": "Download notebook file",
                                        "label": "download-notebook-button"})
    if address := app.config.published.colab(path):
        buttons.insert(0, {"type": "link", "url": address, "text": "Colab", "tooltip": "Open this page in Colab",
                           "icon": "_static/images/logo_colab.png", "label": "colab-button"})


class ColabRole(ReferenceRole):
    """{colab}`handouts/x.ipynb` or {colab}`text <handouts/x.ipynb>`: a link that opens a file of the site in Colab."""

    def run(self):
        address = self.config.published.colab(self.target)
        if not address:
            return [], []
        text = self.title if self.has_explicit_title else "Open in Colab"
        return [nodes.reference(self.rawtext, text, refuri=address, classes=["colab-link"])], []


def setup(app):
    app.setup_extension("address")
    app.add_config_value("published", settings.Published(), "env", settings.Published)
    app.add_role("colab", ColabRole())
    app.connect("config-inited", settings.configure)
    app.connect("doctree-resolved", write_notebook, priority=950)         # after all that changes the tree
    app.connect("html-page-context", rewire_buttons, priority=900)        # after the theme's own
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
