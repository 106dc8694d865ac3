"""A Python playground on a page: the directive `{playground}`, and MicroPython in one script for it.

    ```{playground}
    import math

    # the page's cells

    print(derivative(math.sin)(0.5))
    ```

Its jobs:
- a playground is a container with a block of Python; that block is all there is without JavaScript;
- where `_static/widgets/playground.js` runs, the line "# the page's cells" becomes the code of the page's cells with
  the tag `playground`, so that the page has its class in one place;
- MicroPython's two files become one script, which a page opened from a folder (file://) can load as well.
"""

import base64
import json
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

log = logging.getLogger(__name__)
VENDORED = Path(__file__).parent.parent / "_static/vendor/micropython"
MARK = "# the page's cells"
# What keeps MicroPython's module from being a part of a plain script: text, how often it occurs, what it becomes.
CHANGES = [
    ("export default _createMicroPythonModule;", 1, ""),
    ("export async function loadMicroPython", 1, "self.loadMicroPython = loadMicroPython; async function loadMicroPython"),
    ("import.meta.url", 4, '"file:///micropython.mjs"'),       # where its other file would be; it is told
]


class PlaygroundDirective(SphinxDirective):
    """A program to change and run. Content: Python, with a line "# the page's cells" where those are put in."""

    has_content = True

    def run(self):
        place = nodes.container(classes=["course-widget", "widget-playground"])
        self.set_source_info(place)
        code = "\n".join(self.content)
        block = nodes.literal_block(code, code, language="python")
        self.set_source_info(block)
        place += block
        if not code.strip():
            log.warning("this playground is empty; write the program that it starts with into it", location=place)
        return [place]


def tagged_cells(tree) -> list[nodes.Element]:
    """The cells of a page that its playground starts with."""
    return [e for e in tree.findall(nodes.Element) if "tag_playground" in e.get("classes", [])]


def program(place: nodes.Element) -> str:
    """The whole program of a playground, the page's cells in it."""
    sources = [next(cell.findall(nodes.literal_block)).astext() for cell in tagged_cells(place.document)]
    return "\n".join("\n\n".join(sources) if line == MARK else line for line in place.astext().split("\n"))


def check_cells(app, doctree):
    """Warn where a playground asks for cells that the page does not have, or tagged cells have no playground."""
    tagged = tagged_cells(doctree)
    asking = [e for e in doctree.findall(nodes.Element) if "widget-playground" in e.get("classes", []) and MARK in e.astext().splitlines()]
    if asking and not tagged:
        log.warning('the playground has the line "%s", but no cell of the page has the tag "playground"; '
                    "tag the cells that it shall start with", MARK, location=asking[0])
    if tagged and not asking:
        log.warning('cells of the page have the tag "playground", but no playground has the line "%s"', MARK,
                    location=tagged[0])


def embed(mjs: str, wasm: bytes) -> str:
    """Return a script that sets `micropythonFiles`: source of a plain script, WebAssembly in base64.

    Raises: ExtensionError if the module is not the one that CHANGES was written for.
    """
    for text, times, new in CHANGES:
        if mjs.count(text) != times:
            raise ExtensionError(f"micropython.mjs: expected {text!r} {times} times, found it {mjs.count(text)} times; "
                                 f"this is another version: look how it ends and adapt CHANGES in {__file__}")
        mjs = mjs.replace(text, new)
    # Inside a function, since a plain script may not wait at its top, where the module does (under Node only).
    files = {"source": f"(async () => {{{mjs}\n}})();", "wasm": base64.b64encode(wasm).decode()}
    return f"window.micropythonFiles = {json.dumps(files)};\n"


def write_micropython(app, error):
    if error is None and app.builder.format == "html":
        folder = Path(app.outdir) / "_static/vendor/micropython"
        folder.mkdir(parents=True, exist_ok=True)
        mjs, wasm = (VENDORED / "micropython.mjs").read_text(encoding="utf-8"), (VENDORED / "micropython.wasm").read_bytes()
        (folder / "micropython.js").write_text(embed(mjs, wasm), encoding="utf-8")


def setup(app):
    app.add_directive("playground", PlaygroundDirective)
    app.connect("doctree-read", check_cells)
    app.connect("build-finished", write_micropython)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
