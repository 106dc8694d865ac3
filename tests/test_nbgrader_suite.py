"""nbgrader's own tests of `autograde` and `validate`, as it ships them, with every kernel that they start confined."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

CANNOT = {  # and why
    "test_side_effects": "it wants a file that the notebook wrote to stay in autograded/: nothing of a confined kernel stays",
}


@pytest.mark.parametrize("name", ["test_nbgrader_autograde", "test_nbgrader_validate"])
def test_nbgraders_own_tests_pass(name, tmp_path):
    """All but those that cannot, which do fail: so the kernels were confined, and the list is no longer than it must be."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run([sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=", "-q", "--junitxml",
                    str(tmp_path / "results.xml"), "--pyargs", f"nbgrader.tests.apps.{name}"], cwd=tmp_path, capture_output=True, check=False,
                   env=os.environ | {"PATH": path, "JUPYTER_DEFAULT_PROVISIONER_NAME": "autograder"})
    cases = {c.get("name").partition("[")[0]: {e.tag for e in c} for c in ElementTree.parse(tmp_path / "results.xml").iter("testcase")}
    failed = {case for case, tags in cases.items() if tags & {"failure", "error"}}
    assert len(cases) > 15 and sum("skipped" in tags for tags in cases.values()) <= 3
    assert failed == CANNOT.keys() & cases.keys()
