"""The notebook itself: its cells, and what they need to run on a machine that has never seen this course.

Its jobs:
- the first cell installs the packages that the page imports and the machine lacks, and leaves JAX as it is;
- the second writes the page's drawing functions, and sets how figures look;
- then the page: Markdown and code in turn, no outputs, what the page folds away folded.
"""

import ast
import re
import sys
import textwrap
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import packages_distributions
from pathlib import Path

from notebook_export.shapes import Block, Code, Program

SETUP = '''\
#@title Set up: install what is missing
import importlib.metadata
import importlib.util
import re
import subprocess
import sys
import tempfile
from pathlib import Path

needed = {needed}  # the name to import: the package that has it
missing = [package for name, package in needed.items() if importlib.util.find_spec(name) is None]
if missing:
    # This machine's JAX fits its accelerator: pip may add packages, but not put another JAX or NumPy in place.
    there = {{p.metadata["Name"]: p.version for p in reversed(list(importlib.metadata.distributions()))}}
    kept = [f"{{name}}=={{version}}" for name, version in there.items()
            if name and re.fullmatch(r"jax|jaxlib|jax[-_].*|libtpu|numpy", name.lower())]
    with tempfile.TemporaryDirectory() as folder:
        constraints = Path(folder, "constraints.txt")
        constraints.write_text("\\n".join(kept))
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--constraint", str(constraints), *missing]
        done = subprocess.run(pip, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{{', '.join(missing)}} could not be installed beside {{', '.join(kept)}}:\\n{{done.stderr}}")
    importlib.invalidate_caches()'''
FIGURES = '''\
#@title The drawing functions of this page, and how figures look
import importlib
from pathlib import Path

import matplotlib.pyplot as plt

plt.rcParams.update({style})
Path("figures").mkdir(exist_ok=True)
importlib.invalidate_caches()
Path("figures/{name}.py").write_text(encoding="utf-8", data=r\'\'\'
{source}\'\'\'.lstrip());'''
RUNTIMES = {"gpu": {"accelerator": "GPU", "colab": {"gpuType": "T4"}},
            "tpu": {"accelerator": "TPU", "colab": {"gpuType": "V5E1"}}}
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
          "language_info": {"name": "python"}}


# ---- what the page's code needs

def imports(source: str) -> set[str]:
    """Return the names of the modules that a piece of code imports, without what Python itself has."""
    lines = (line for line in source.split("\n") if not line.startswith(("%", "!")))
    found = set()
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found |= {f"{node.module}.{alias.name}" if node.module == "figures" else node.module for alias in node.names}
    return {name if name.startswith("figures.") else name.split(".")[0] for name in found} - sys.stdlib_module_names


@lru_cache(maxsize=1)
def distributions() -> dict[str, list[str]]:
    return packages_distributions()


def packages(names: Iterable[str]) -> dict[str, str]:
    """Return which package brings each module. Raises: LookupError for a module that is not installed here."""
    found = {}
    for name in sorted(names):
        if name not in distributions():
            raise LookupError(f"it imports {name}, which no installed package brings: add its package to pyproject.toml")
        found[name] = distributions()[name][0]
    return found


# ---- cells

def code_cell(source: str, title: str = "", shows: str = "") -> dict:
    """Return a code cell; with a title it is folded, and shows the title (in Colab), until one opens it."""
    metadata = {}
    if title:
        metadata = {"cellView": "form", "jupyter": {"source_hidden": True}}
    if title and not source.startswith(("%%", "#@title")):
        comment = textwrap.fill(shows, 96, initial_indent="# Shows: ", subsequent_indent="# ") + "\n" if shows else ""
        source = f"#@title {title}\n{comment}{source}"
    return {"cell_type": "code", "execution_count": None, "metadata": metadata, "outputs": [], "source": source}


def text_cell(source: str) -> dict:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def figures_cell(folder: Path, name: str) -> dict:
    """Return the cell that brings the module `figures.name` and the book's style."""
    lines = (folder.parent / "matplotlibrc").read_text(encoding="utf-8").split("\n")
    rows = [line.split("#")[0].partition(":") for line in lines]
    style = {key.strip(): value.strip() for key, _, value in rows if value and not key.startswith("svg.")}
    shown = "{\n" + "".join(f"    {key!r}: {value!r},\n" for key, value in style.items()) + "}"
    source = (folder / f"{name}.py").read_text(encoding="utf-8")
    if "'''" in source or source.endswith("\\"):
        raise ValueError(f"figures/{name}.py has ''' in it or ends in a backslash, and notebooks carry it between '''")
    return code_cell(FIGURES.format(style=shown, name=name, source=source), "figures")


def page_cells(blocks: Iterable[Block], sources: dict[int, str]) -> list[dict]:
    """Return a page's cells. A new cell begins at each heading; code that the page leaves out follows the code before it.

    sources: the code of the page's cells by their index, in order, of all that shall run.
    """
    blocks, cells, texts, waiting = list(blocks), [], [], dict(sources)
    shown = {block.index for block in blocks if isinstance(block, Code)}

    def flush():
        if texts:
            cells.append(text_cell("\n\n".join(texts)))
            texts.clear()

    def run_hidden():
        while waiting and (index := next(iter(waiting))) not in shown:
            cells.append(code_cell(waiting.pop(index), "Code that the page leaves out"))

    run_hidden()
    for block in blocks:
        if isinstance(block, Code):
            flush()
            if block.index in waiting:
                cells.append(code_cell(waiting.pop(block.index), block.title, block.shows))
            run_hidden()
        elif isinstance(block, Program):
            flush()
            cells.append(code_cell(block.source, block.title))
        else:
            if re.match(r"#{1,6} ", block):
                flush()
            texts.append(block)
    flush()
    return cells


def notebook(cells: list[dict], name: str, runtime: str = "") -> dict:
    """Return the whole notebook. name: its file's. runtime: "", "gpu" or "tpu", what Colab shall start."""
    asked = RUNTIMES.get(runtime, {})
    colab = {"name": name, "provenance": [], "toc_visible": True} | asked.get("colab", {})
    for number, cell in enumerate(cells):
        cell["id"] = f"{'code' if cell['cell_type'] == 'code' else 'text'}-{number}"
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": KERNEL | asked | {"colab": colab}, "cells": cells}
