"""Build the decks of slides/ into the site: `_build/html/slides/<deck>/index.html`.

    python tools/build_slides.py [--again]

The site must be there; the decks use its libraries. Where nothing changed since the last time,
nothing is done, unless told --again.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "book/_ext")]

from slides_and_pdf import connect  # noqa: E402
from tools.build_site import ANSI, failures, hash_files, outputs_key  # noqa: E402


def decks(root: Path) -> list[str]:
    return sorted(path.stem for path in (root / "slides").glob("*.md"))


def key(root: Path) -> str:
    """Return a hash of all that the decks are made from."""
    sources = [p for p in (root / "slides").rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    chapters = sorted(p.name for p in (root / "book").glob("*.md"))
    return f"{hash_files([*sources, Path(__file__)])} {outputs_key(root)} {' '.join(chapters)}"


def main(root: Path = ROOT, again: bool = False) -> int:
    site, work = root / "_build/html", root / "_build/slides"
    if not (site / "index.html").exists():
        print("The slides are part of the site, which is not there: run `make site` first.", file=sys.stderr)
        return 1
    note = site / "slides/.made-of"
    if not again and note.is_file() and note.read_text() == key(root):
        return 0
    print("Building the slides ...", flush=True)
    shutil.rmtree(work / "html", ignore_errors=True)
    run = subprocess.run([sys.executable, "-m", "sphinx", "-b", "dirhtml", "-n", "-W", "--keep-going", "-E",
                          "-d", str(work / "doctrees"), str(root / "slides"), str(work / "html")],
                         text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace")
    (root / "_build/slides.log").write_text(run.stdout, encoding="utf-8")
    if run.returncode:
        print("The slides were not built:", file=sys.stderr)
        for failure in failures(run.stdout, root) or [ANSI.sub("", line) for line in run.stdout.strip().splitlines()[-3:]]:
            print(f"  {failure}", file=sys.stderr)
        print("The whole output is in _build/slides.log. Mend the deck and run make slides again.", file=sys.stderr)
        return 1
    shutil.rmtree(site / "slides", ignore_errors=True)
    for name in ("_images", "_static", *decks(root)):
        if (work / "html" / name).exists():
            shutil.copytree(work / "html" / name, site / "slides" / name)
    connect(site)
    note.write_text(key(root))
    print(f"The slides are in _build/html/slides: {', '.join(decks(root))}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(again="--again" in sys.argv[1:]))
