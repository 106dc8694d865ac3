"""The links from which students get a handout, and the files behind them.

Its jobs:
- give authors the role `{handout}`: links to an assignment's notebook and its zip, and to the notebook in Colab
  where the course's repository is known;
- put those files and the package's wheel into the site when its pages are written (tools/downloads.py makes them).
"""

import subprocess
import sys
from pathlib import Path

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

LOGGER = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parent.parent.parent


class HandoutRole(SphinxRole):
    """{handout}`slug`: the two downloads of an assignment, and the link that opens it in Colab."""

    def run(self):
        slug = self.text
        known = sorted(path.parent.name for path in (ROOT / "assignments").glob("*/questions.py"))
        if slug not in known:
            LOGGER.warning("handout: there is no assignment %r; the assignments are %s", slug, ", ".join(known),
                           location=self.get_location())
            return [], []
        self.env.metadata[self.env.docname]["handouts"] = True       # kept from build to build, and dropped with the page
        up = "../" * self.env.docname.count("/")
        links = [(f"{slug}{end}", f"{up}handouts/{slug}{end}") for end in (".ipynb", ".zip")]
        if colab := self.config.published.colab(f"handouts/{slug}.ipynb"):       # of the extension notebook_export
            links.append((f"{slug} in Colab", colab))
        found = []
        for text, target in links:
            found += [nodes.Text(" · ")] * bool(found) + [nodes.reference("", text, refuri=target, internal=True)]
        return found, []


def add_downloads(app, exception):
    """Make the files that the links lead to, if there are any. What fails is a warning, so that a strict build fails."""
    if exception or app.builder.name != "html" or not any("handouts" in said for said in app.env.metadata.values()):
        return
    run = subprocess.run([sys.executable, str(ROOT / "tools/downloads.py"), str(app.outdir)], capture_output=True, text=True)
    if run.returncode:
        LOGGER.warning("tools/downloads.py: the handouts were not made: %s",
                       (run.stderr.strip().splitlines() or ["no reason given"])[-1])


def setup(app):
    app.add_role("handout", HandoutRole())
    app.connect("build-finished", add_downloads)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
