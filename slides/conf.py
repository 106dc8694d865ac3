"""Settings of the decks: one MyST file a deck, executed like the book's pages, written for reveal.js.

tools/build_slides.py calls Sphinx with them. The kernels are set up by the book's own extension, so
that figures look the same, and cells can draw with the modules of `book/figures/`.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "slides"), str(ROOT / "book/_ext")]
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT / "book"), os.environ.get("PYTHONPATH")]))

project = "Automatic Differentiation with JAX"
author = "The course authors"
language = "en"
root_doc = sorted(path.stem for path in (ROOT / "slides").glob("*.md"))[0]      # Sphinx wants one
extensions = ["course_site", "myst_nb", "sphinx.ext.mathjax", "deck"]
myst_enable_extensions = ["amsmath", "attrs_inline", "colon_fence", "deflist", "dollarmath"]

nb_execution_mode = "cache"
nb_execution_cache_path = str(ROOT / "_build/.jupyter_cache")       # the book's
nb_execution_timeout = 120
nb_execution_raise_on_error = True
nb_execution_show_tb = True
nb_output_stderr = "error"
nb_merge_streams = True
nb_ipywidgets_js = {}

html_theme = "deck"
html_theme_path = ["_theme"]
html_permalinks = False
html_copy_source = False
html_use_index = False
mathjax_path = "../../_static/vendor/mathjax/tex-chtml.js"          # the site's
