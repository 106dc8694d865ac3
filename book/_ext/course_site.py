"""The course's own Sphinx extension: what Jupyter Book's theme needs to serve this book well.

Its jobs:
- figures on pages are SVG, drawn with `book/matplotlibrc`, the same bytes at each build;
- pages run on the CPU with no message of JAX about accelerators that are not there;
- the Thebe scripts, which the theme inserts twice and from another host, are left out;
- the boxes of sphinx-proof get ids of their own (it gives every box the same one).
"""

import os
from itertools import count
from pathlib import Path

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


def renumber_proof_ids(app, doctree, docname):
    numbers = count(1)
    for node in doctree.findall(lambda n: "proof-content" in getattr(n, "attributes", {}).get("ids", [])):
        node["ids"] = [f"proof-content-{next(numbers)}" if i == "proof-content" else i for i in node["ids"]]


def setup(app):
    prepare_kernels()
    app.connect("html-page-context", drop_thebe, priority=900)
    app.connect("doctree-resolved", renumber_proof_ids)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
