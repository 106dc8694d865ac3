"""Each page says where its code ran: on the CPU for the build, elsewhere if a record with the same code says so."""

import json
import re
import subprocess
import sys

import lxml.html
import pytest
import tested_on

from tests.test_site import CHAPTERS
from tools import accelerator

PAGE = "# A page\n\n```{code-cell} python\n1 + 1\n```\n\nText.\n"
RECORD = {"device": "A chip", "jax": "0.9", "python": "3.12", "date": "2026-11-28",
          "pages": {"page": {"status": "ok", "seconds": 2.0, "code": tested_on.code_hash(PAGE)}}}


@pytest.mark.parametrize("page", CHAPTERS)
def test_every_chapter_says_where_it_ran(site, page):
    """The line has the device, the versions and the day of the run that the outputs come from."""
    tree = lxml.html.fromstring((site / f"{page}.html").read_text(encoding="utf-8"))
    (line,) = tree.xpath("//p[@class='tested-on']/text()")
    assert re.search(r"Tested on: CPU with JAX \d+\.\d+\.\d+, Python 3\.\d+\.\d+ \(20\d\d-\d\d-\d\d\)", line)


def test_a_record_counts_while_the_code_is_the_same():
    """Text may change; a page whose code changed, or failed, or was not run, is not said to be tested."""
    assert tested_on.runs("page", PAGE.replace("Text", "Other text"), [RECORD]) == ["A chip with JAX 0.9, Python 3.12 (2026-11-28)"]
    assert tested_on.runs("page", PAGE.replace("1 + 1", "1 + 2"), [RECORD]) == []
    assert tested_on.runs("other", PAGE, [RECORD]) == []
    RECORD["pages"]["failed"] = RECORD["pages"]["page"] | {"status": "failed"}
    assert tested_on.runs("failed", PAGE, [RECORD]) == []


def test_records_are_read(tmp_path):
    (tmp_path / "gpu.json").write_text(json.dumps(RECORD))
    assert tested_on.read_records(tmp_path) == [RECORD]
    assert [set(record) >= {"device", "jax", "python", "date", "pages"} for record in tested_on.read_records()].count(False) == 0


def test_notebooks_are_run_and_told(tmp_path, capsys, site):
    """One that runs and one that fails are both in the table, with status, time and code."""
    good = site / "notebooks/why_jax.ipynb"
    bad = tmp_path / "arrays.ipynb"
    notebook = json.loads(good.read_text(encoding="utf-8"))
    notebook["cells"] = [{"cell_type": "code", "id": "one", "metadata": {}, "outputs": [], "execution_count": None, "source": "1 / 0"}]
    bad.write_text(json.dumps(notebook))
    pages = accelerator.run_all([good, bad], {**accelerator.os.environ, "JAX_PLATFORMS": "cpu"})
    assert {name: page["status"] for name, page in pages.items()} == {"why_jax": "ok", "arrays": "failed"}
    assert all(page["seconds"] > 0 and re.fullmatch("[0-9a-f]{16}", page["code"]) for page in pages.values())
    assert "ZeroDivisionError" in capsys.readouterr().out


def test_without_an_accelerator_nothing_is_run():
    """The tool says what it looked for, and what to install."""
    if accelerator.ask_machine({**accelerator.os.environ, "JAX_PLATFORMS": ""})["platform"] != "cpu":
        pytest.skip("this machine has an accelerator")
    done = subprocess.run([sys.executable, "tools/accelerator.py"], capture_output=True, text=True)
    assert done.returncode == 1 and "no accelerator" in done.stderr and "jax[cuda12]" in done.stderr
