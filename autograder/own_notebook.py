"""The notebook in which a cell runs: from Colab as it stands, elsewhere from its file as it was saved."""

import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder import outline
from autograder.errors import UserError
from autograder.stamp import text_of

SECONDS = 30                            # that Colab may take to answer


@dataclass(frozen=True)
class Own:
    """content: the notebook as its file holds it; path: that file, None on Colab."""

    content: dict
    path: Path | None

    @property
    def sources(self) -> list[str]:
        """The texts of its code cells."""
        return [text_of(cell) for cell in self.content["cells"] if cell.get("cell_type") == "code"]


def on_colab() -> bool:
    return "google.colab" in sys.modules


def read(slug: str, namespace: Mapping, executed: Iterable[str]) -> Own:
    """Find and read the notebook of an assignment.

    Args: namespace: the kernel's variables; executed: the texts of the cells that it ran, oldest first.
    Raises: UserError where there is none, or where its file lacks what was run.
    """
    if on_colab():
        return Own(_of_colab(), None)
    path = _path(slug, namespace)
    own = Own(_notebook(path), path)
    if unsaved := _unsaved(executed, own.sources):
        raise UserError(f"{path.name}, as it was saved, lacks what you last ran of: {', '.join(unsaved)}. "
                        "Save the notebook, run all its cells again, then this one.")
    return own


def _of_colab() -> dict:
    try:
        from google.colab import _message

        content = _message.blocking_request("get_ipynb", request="", timeout_sec=SECONDS)["ipynb"]
        content["cells"][0]["cell_type"]
        return content
    except Exception as error:          # Colab's own, which it documents nowhere
        raise UserError(f"Colab did not give the notebook ({type(error).__name__}). Run this cell again; or choose File, "
                        "Download, Download .ipynb, and hand that file in.") from None


def _path(slug: str, namespace: Mapping) -> Path:
    """The file, as VS Code or Jupyter tells it; else the one notebook of this assignment in the folder."""
    told = namespace.get("__vsc_ipynb_file__") or namespace.get("__session__") or os.environ.get("JPY_SESSION_NAME")
    if told and _belongs(Path(told), slug):
        return Path(told)
    here = [path for path in sorted(Path.cwd().glob("*.ipynb")) if _belongs(path, slug)]
    own = [path for path in here if "hand_in" not in _mine(_notebook(path))] or here
    for path in own:
        if path.stem == slug or len(own) == 1:
            return path
    found = ", ".join(path.name for path in own)
    raise UserError(f"Several notebooks in {Path.cwd()} could be this one: {found}. Rename yours to {slug}.ipynb."
                    if own else f"There is no notebook of '{slug}' in {Path.cwd()}. Save this one there as {slug}.ipynb.")


def _notebook(path: Path) -> dict:
    """The content of a notebook's file. Raises UserError for anything else."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        if isinstance(content["cells"], list) and all(isinstance(cell, dict) for cell in content["cells"]):
            return content
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass
    raise UserError(f"{path} is no notebook that can be read. Save it again.")


def _mine(notebook: dict) -> dict:
    metadata = notebook.get("metadata")
    mine = metadata.get("autograder") if isinstance(metadata, dict) else None
    return mine if isinstance(mine, dict) else {}


def _belongs(path: Path, slug: str) -> bool:
    """Whether a file is a notebook of this assignment."""
    try:
        notebook = _notebook(path)
    except UserError:
        return False
    named = _mine(notebook).get("assignment")
    return named == slug or named is None and any(f"{slug}/" in text_of(cell) for cell in notebook["cells"])


def _unsaved(executed: Iterable[str], saved: list[str]) -> list[str]:
    """The functions and classes whose cell, as it was run last, is not in the file."""
    last = {name: text.strip() for text in executed for name in outline.functions(text)}
    there = {text.strip() for text in saved}
    return sorted(name for name, text in last.items() if text not in there)
