"""Things to try on a page: the directive `{widget}` and what its pages load.

    :::{widget} stepsize
    {numref}`fig-numerical-differentiation-v` shows what there is to find.
    :::

Its jobs:
- a widget is a container with what the page says without JavaScript, on paper, in a notebook; every builder knows
  containers, and the script of that name in `_static/widgets/` replaces the content where it can run;
- only pages with widgets load scripts, and only those of their widgets;
- a widget that does not exist, or has no figure to fall back on, is a warning.
"""

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

log = logging.getLogger(__name__)
# What the place of each widget loads, by its class; the last script is its own.
SCRIPTS = {
    "widget-stepsize": ["common", "plot", "stepsize"],
    "widget-dual": ["common", "plot", "expression", "dual"],
    "widget-tape": ["common", "expression", "tape"],
    "widget-newton": ["common", "plot", "expression", "newton"],
    "widget-playground": ["common", "playground"],           # playground.py has its directive
}
WIDGETS = [name.removeprefix("widget-") for name in SCRIPTS if name != "widget-playground"]


def is_figure(node: nodes.Node) -> bool:
    """Tell whether the node is an image, or refers to a numbered figure of the page."""
    return isinstance(node, nodes.image) or isinstance(node, pending_xref) and node["reftype"] == "numref"


class WidgetDirective(SphinxDirective):
    """A thing to try. Argument: its name. Content: what stands there without JavaScript, with a figure."""

    required_arguments = 1
    has_content = True

    def run(self):
        name = self.arguments[0]
        place = nodes.container(classes=["course-widget", f"widget-{name}"])
        self.set_source_info(place)
        self.state.nested_parse(self.content, self.content_offset, place)
        if name not in WIDGETS:
            log.warning("there is no widget %r; expected one of: %s", name, ", ".join(WIDGETS), location=place)
        elif not any(place.findall(is_figure)):
            log.warning("the widget %r has nothing to show without JavaScript; write a sentence that refers to a "
                        "figure of the page by {numref}, or an image, into it", name, location=place)
        return [place]


def scripts_of(doctree: nodes.document) -> list[str]:
    """Return the scripts that a page needs for its widgets and playgrounds, each once, in order."""
    scripts = []
    for place in doctree.findall(nodes.container):
        for name in place["classes"]:
            scripts += SCRIPTS.get(name, [])
    return list(dict.fromkeys(scripts))


def load_scripts(app, pagename, templatename, context, doctree):
    scripts = scripts_of(doctree) if doctree else []
    for name in scripts:
        app.add_js_file(f"widgets/{name}.js", loading_method="defer")
    if scripts:
        app.add_css_file("widgets/widgets.css")


def setup(app):
    app.add_directive("widget", WidgetDirective)
    app.connect("html-page-context", load_scripts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
