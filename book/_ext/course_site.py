"""The course's own Sphinx extension: what Jupyter Book's theme needs to serve this book well.

Its jobs:
- figures on pages are SVG, drawn with `book/matplotlibrc`, the same bytes at each build;
- pages run on the CPU with no message of JAX about accelerators that are not there;
- the Thebe scripts, which the theme inserts twice and from another host, are left out;
- MathJax is loaded by the pages that have formulas only;
- the boxes of proofs, exercises and solutions get ids of their own (they come with the same ones);
- the list of sources is not marked as one, since its parts are no list items.
"""

import os
from itertools import count
from pathlib import Path

from docutils import nodes

HERE = Path(__file__).parent


def prepare_kernels():
    """Set what every chapter's kernel inherits: figure format, style, platform, import path."""
    profile = HERE / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text("c.InlineBackend.figure_formats = {'svg'}\n")
    os.environ["IPYTHONDIR"] = str(HERE / "ipython")
    os.environ["MATPLOTLIBRC"] = str(HERE.parent / "matplotlibrc")
    os.environ["JAX_PLATFORMS"] = "cpu"
    os.environ["PYTHONHASHSEED"] = "0"
    # Dates inside SVG files would make every build differ from the last.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")


def drop_thebe(app, pagename, templatename, context, doctree):
    for kind in ("script_files", "css_files"):
        files = context.get(kind)
        if files:
            context[kind] = [f for f in files if "thebe" not in str(getattr(f, "filename", f)).lower()
                             and "THEBE" not in str(getattr(f, "attributes", {}).get("body", ""))]


def drop_idle_mathjax(app, pagename, templatename, context, doctree):
    if doctree is None or not any(isinstance(node, (nodes.math, nodes.math_block)) for node in doctree.findall()):
        context["script_files"] = [f for f in context.get("script_files", []) if "mathjax" not in str(getattr(f, "filename", f)).lower()]


def unmark_citations(app, pagename, templatename, context, doctree):
    if "body" in context:
        context["body"] = context["body"].replace('<div role="list" class="citation-list">', '<div class="citation-list">')


REPEATED = ("proof-content", "exercise-content", "solution-content")


def renumber_box_ids(app, doctree, docname):
    """Give the inner part of every proof, exercise and solution an id that is its own on the page."""
    for name in REPEATED:
        numbers = count(1)
        for node in doctree.findall(lambda n: name in getattr(n, "attributes", {}).get("ids", [])):
            number = next(numbers)
            node["ids"] = [f"{i}-{number}" if i == name else i for i in node["ids"]]


def drop_thebe_settings(app, doctree, docname):
    """Remove the two scripts that sphinx-thebe appends to every page."""
    for node in list(doctree.findall(nodes.raw)):
        if "text/x-thebe-config" in node.astext() or node.astext().startswith("<script>kernelName"):
            node.parent.remove(node)


def setup(app):
    prepare_kernels()
    for change in (drop_thebe, drop_idle_mathjax, unmark_citations):
        app.connect("html-page-context", change, priority=900)
    app.connect("doctree-resolved", renumber_box_ids)
    app.connect("doctree-resolved", drop_thebe_settings, priority=900)      # after Thebe's own
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
