"""The line at the foot of each page that says where its code ran last: "Tested on …".

Its jobs:
- the CPU's part comes from the run whose outputs the page shows, which the build made or found in its cache;
- the others come from the records in `book/tested_on/`, which `make gpu` writes on a machine with an
  accelerator. A record counts as long as the page's code is still what ran there.
"""

import hashlib
import json
import platform
import re
from datetime import date
from importlib.metadata import version
from pathlib import Path

from myst_nb.sphinx_ import NbMetadataCollector

RECORDS = Path(__file__).parent.parent / "tested_on"
CELL = re.compile(r"^(`{3,})\{code-cell\}[^\n]*\n(.*?)^\1\s*$", re.DOTALL | re.MULTILINE)


def code_hash(source: str) -> str:
    """Return a short hash of a page's code cells, given the page's MyST source."""
    return hashlib.sha256("\0".join(code for _, code in CELL.findall(source)).encode()).hexdigest()[:16]


def read_records(folder: Path = RECORDS) -> list[dict]:
    """Return the recorded runs: {"device", "jax", "python", "date", "pages": {name: {"status", "seconds", "code"}}}."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def describe(device: str, jax: str, python: str, day: str) -> str:
    return f"{device} with JAX {jax}, Python {python} ({day})"


def runs(name: str, source: str, records: list[dict]) -> list[str]:
    """Return the recorded runs that passed with the page's present code, one phrase each."""
    code = code_hash(source)
    return [describe(r["device"], r["jax"], r["python"], r["date"]) for r in records
            if (page := r["pages"].get(name)) and page["status"] == "ok" and page["code"] == code]


def tell(app, pagename, templatename, context, doctree):
    """Give a page that ran its line, for `_templates/page-foot.html`."""
    done = NbMetadataCollector.get_exec_data(app.env, pagename) if doctree is not None else None
    if done and done["succeeded"]:
        here = describe("CPU", version("jax"), platform.python_version(), date.fromtimestamp(done["mtime"]).isoformat())
        source = Path(app.env.doc2path(pagename)).read_text(encoding="utf-8")
        context["tested_on"] = f"Tested on: {'; '.join([here, *runs(Path(pagename).name, source, read_records())])}."


def setup(app):
    app.connect("html-page-context", tell)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
