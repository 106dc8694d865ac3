"""Read a notebook from a stranger: any bytes in, a plain notebook or a UserError out.

nbformat's own reader is not asked: it raises and logs what the bytes provoke. Of each cell only its
type, its text and its grade id are kept, and of the notebook the assignment's stamp.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder import assignment, source
from autograder.errors import UserError
from autograder.files import MAX_NOTEBOOK as MAX_BYTES
from autograder.matching import matches

MAX_CELLS = 2_000
MAX_SOURCE = 1_000_000              # characters of one cell
MAX_FILES, MAX_FILES_BYTES = 50, 20_000_000     # beside a notebook, for the notebook to read


def read_submission(path: Path, slug: str | None = None) -> tuple[str, NotebookNode]:
    """Read a notebook; returns the assignment's slug and the notebook.

    Raises: UserError, naming the file and the remedy, for what is no notebook of `slug` (or, where
    slug is None, of any assignment).
    """
    path = Path(path)
    return submitted(path, parsed(path, _bytes(path)), slug)


def submitted(path: Path | str, data: Any, slug: str | None = None) -> tuple[str, NotebookNode]:
    """The same of a JSON value; path: what an error calls it."""
    cells = _cells(data)
    if cells is None:
        raise UserError(f"{path}: no notebook. Save it again in Jupyter or download it as .ipynb.")
    if len(cells) > MAX_CELLS:
        raise UserError(f"{path}: {len(cells)} cells; at most {MAX_CELLS} are read. Hand in the notebook of the handout.")
    nb = notebook([plain_cell(c) for c in cells if isinstance(c, dict)], _stamp(data))
    long = max((len(c.source) for c in nb.cells), default=0)
    if long > MAX_SOURCE:
        raise UserError(f"{path}: a cell of {long} characters; at most {MAX_SOURCE} are read. Put data in a file of its own.")
    found = assignment_of(nb, slug)
    if found is None:
        raise UserError(f"{path}: no cell of it belongs to an assignment of this course. Was the handout used?")
    if slug is not None and found != slug:
        raise UserError(f"{path}: this is a notebook of '{found}', not of '{slug}'. Hand it in under its own assignment.")
    return found, nb


def _bytes(path: Path) -> bytes:
    """The file's content. A file that is too large is not read, nor is what is no plain file."""
    try:
        if not path.exists():
            raise UserError(f"{path}: no such file. Give the path of a notebook (.ipynb).")
        if path.is_dir():
            raise UserError(f"{path}: this is a folder. Give the path of the notebook in it.")
        if not path.is_file():
            raise UserError(f"{path}: no plain file. Give the path of a notebook (.ipynb).")
        with open(path, "rb") as file:
            content = file.read(MAX_BYTES + 1) if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror}). Is it yours to read?") from None
    if content is None or len(content) > MAX_BYTES:
        raise UserError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB. Clear the outputs and save it again.")
    return content


def parsed(path: Path | str, content: bytes) -> Any:
    """The JSON value in UTF-8 (or UTF-16 or 32, as some editors write), with a byte order mark or without.

    path: what an error calls it. Raises UserError.
    """
    remedy = "Save it again in Jupyter or download it as .ipynb."
    if not content.strip():
        raise UserError(f"{path}: this file is empty. {remedy}")
    try:
        text = content.decode(json.detect_encoding(content))
    except UnicodeDecodeError:
        raise UserError(f"{path}: no notebook, or damaged (it is not UTF-8 text). {remedy}") from None
    try:
        return json.loads(text)
    except RecursionError:
        raise UserError(f"{path}: no notebook (its JSON is nested too deeply). {remedy}") from None
    except (ValueError, MemoryError):
        raise UserError(f"{path}: no notebook, or cut off (it is not valid JSON). {remedy}") from None


def _cells(data: Any) -> list | None:
    """The list of cells: of nbformat 4, or of the worksheets of nbformat 2 and 3."""
    if not isinstance(data, dict):
        return None
    if isinstance(data.get("cells"), list):
        return data["cells"]
    sheets = data.get("worksheets")
    if not isinstance(sheets, list):
        return None
    return [c for s in sheets if isinstance(s, dict) and isinstance(s.get("cells"), list) for c in s["cells"]]


def _stamp(data: dict) -> dict:
    """The notebook's metadata, reduced to the assignment that `handout` stamped on it."""
    metadata = data.get("metadata")
    mine = metadata.get("autograder") if isinstance(metadata, dict) else None
    slug = mine.get("assignment") if isinstance(mine, dict) else None
    return {"autograder": {"assignment": re.sub(r"[^\w./-]", "?", slug)[:80]}} if isinstance(slug, str) else {}


def plain_cell(cell: Mapping) -> NotebookNode:
    """A cell reduced to type, source and grade id, whatever else it carried. Never raises."""
    kind, text = cell.get("cell_type"), _text(cell.get("source", cell.get("input")))
    if kind == "heading" and isinstance(cell.get("level"), int):        # nbformat 3
        text = "#" * min(max(cell["level"], 1), 6) + " " + text
    metadata = cell.get("metadata")
    mine = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    key = mine.get("grade_id") if isinstance(mine, dict) else None
    return node("code" if kind == "code" else "markdown", text,
                {"nbgrader": {"grade_id": key}} if isinstance(key, str) else {})


def _text(value: Any) -> str:
    """A cell's text with Unix line ends, and without half characters, which no file can hold."""
    if isinstance(value, list):
        value = "".join(part for part in value if isinstance(part, str))
    if not isinstance(value, str):
        return ""
    return value.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")


def node(kind: str, text: str, metadata: Mapping = MappingProxyType({})) -> NotebookNode:
    """A cell of nbformat 4 without its id; nbformat's own function validates, which takes longer."""
    made = NotebookNode(cell_type=kind, metadata=nbformat.from_dict(dict(metadata)), source=text)
    if kind == "code":
        made.update(execution_count=None, outputs=[])
    return made


def notebook(cells: list[NotebookNode], metadata: Mapping) -> NotebookNode:
    """A notebook of nbformat 4.5."""
    return NotebookNode(cells=cells, metadata=nbformat.from_dict(dict(metadata)), nbformat=4, nbformat_minor=5)


def assignment_of(nb: NotebookNode, slug: str | None = None) -> str | None:
    """Which assignment a notebook belongs to: as stamped, else by its check(...) calls, else by its cells.

    slug: the assignment that it was handed in under; where given, only its cells are looked for.
    """
    mine = nb.metadata.get("autograder")
    if mine:
        return mine["assignment"]
    asked = Counter(found[0] for cell in nb.cells if (found := source.question_of(cell)))
    known = assignment.slugs()
    for named, _ in asked.most_common():
        if named in known:
            return named
    likely = {s: matches(nb, source.skeleton(s)) for s in ([slug] if slug else known)}
    best = max(likely, key=likely.get, default=None)
    if best and likely[best]:
        return best
    return asked.most_common(1)[0][0] if asked else None


def files_beside(folder: Path) -> dict[str, bytes]:
    """The small plain files in a submission's folder, by name; notebooks and links are left out."""
    found, left = {}, MAX_FILES_BYTES
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or not path.is_file() or path.suffix == ".ipynb" or path.name.startswith("."):
            continue
        left -= path.stat().st_size
        if left < 0 or len(found) >= MAX_FILES:
            break
        found[path.name] = path.read_bytes()
    return found
