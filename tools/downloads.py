"""Put what students download into the built site: `handouts/<slug>.ipynb`, `handouts/<slug>.zip`, `wheels/….whl`.

Its jobs:
- make the handouts, through nbgrader, as `autograder handout` does;
- build the wheel that a handout's first cell installs, from a copy without solutions and specimens;
- do nothing where nothing changed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from autograder import assignment, frame, handout  # noqa: E402
from autograder.course import Course  # noqa: E402
from autograder.errors import UserError  # noqa: E402
from tools.build_site import hash_files  # noqa: E402

DATE = (1980, 1, 1, 0, 0, 0)            # of the files in the zips, so that each build gives the same bytes
README = """{slug}.ipynb is an assignment of the course{site}.

Open it in Jupyter, VS Code or Colab and run its cells from the top. The first cell of code installs what the
checks need where it is missing; Python 3.11 or newer is needed. Put your code in place of
`raise NotImplementedError()`. The last cell makes the file to hand in.
"""


def packed(root: Path) -> list[Path]:
    """The files that the wheel is made of."""
    python = [p for p in (root / "autograder").rglob("*") if p.suffix in (".py", ".html")]
    assignments = [p for p in root.glob("assignments/*/*") if p.suffix == ".py" or p.name == f"{p.parent.name}.md"]
    return [*python, *assignments, *(root / name for name in ("setup.py", "pyproject.toml", "README.md", "LICENSE"))]


def build_wheel(root: Path, folder: Path) -> Path:
    """Build the wheel into a folder, without the network; returns its path. Raises UserError."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "course"
        for path in packed(root):
            (copy / path.relative_to(root)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy / path.relative_to(root))
        run = subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-cache-dir",
                              "--disable-pip-version-check", "--wheel-dir", str(folder), str(copy)], capture_output=True, text=True,
                             env=os.environ | {"SOURCE_DATE_EPOCH": "315532800"})
    made = folder / frame.wheel()
    if run.returncode or not made.is_file():
        said = (run.stderr.strip().splitlines() or [f"there is no {made.name}"])[-1]
        raise UserError(f"The wheel could not be built: {said}. Is setuptools installed? `make` installs it.")
    return made


def make_handouts(folder: Path) -> None:
    """Make every assignment's notebook, and a zip of it with a short README.txt."""
    folder.mkdir(parents=True, exist_ok=True)
    site = f", {frame.base_url()}" if frame.base_url() else ""
    with tempfile.TemporaryDirectory() as scratch:
        for slug in assignment.slugs():
            notebook = handout.hand_out(Course(Path(scratch)), slug).read_bytes()
            (folder / f"{slug}.ipynb").write_bytes(notebook)
            with zipfile.ZipFile(folder / f"{slug}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                for name, content in ((f"{slug}.ipynb", notebook), ("README.txt", README.format(slug=slug, site=site))):
                    entry = zipfile.ZipInfo(f"{slug}/{name}", DATE)
                    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                    archive.writestr(entry, content)


def main(html: Path) -> None:
    """Make handouts/ and wheels/ in a site's folder, unless they are those of the present files. Raises UserError."""
    note = html / "handouts" / ".made_of"
    key = f"{hash_files([*packed(ROOT), Path(__file__)])} {frame.places()}"
    if note.is_file() and note.read_text() == key:
        return
    for name in ("handouts", "wheels"):
        shutil.rmtree(html / name, ignore_errors=True)
    build_wheel(ROOT, html / "wheels")
    make_handouts(html / "handouts")
    note.write_text(key)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except (UserError, OSError) as error:
        sys.exit(str(error))
