"""Say in a few lines what `make` has made: the pages, the class's scores, where to open the site."""

import json
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent


def pages(toc: Path) -> dict[str, list[str]]:
    """Return the pages of a `_toc.yml` by the caption of their part; the root stands under ""."""
    table = yaml.safe_load(toc.read_text(encoding="utf-8"))
    parts = {"": [table["root"]]}
    for part in [table, *table.get("parts", [])]:
        todo = list(part.get("chapters", []))
        while todo:
            chapter = todo.pop(0)
            parts.setdefault(part.get("caption", ""), []).append(chapter["file"])
            todo = chapter.get("sections", []) + todo
    return parts


def score_table(rows: list[dict]) -> str:
    """Return a table of one row a submission, with the mean of each assignment below its rows.

    Args:
      rows: {"student", "assignment", "score", "max_score", "status"}; score may be None.
    """
    lines = [("student", "assignment", "score", "of", "status")]
    for assignment in sorted({row["assignment"] for row in rows}):
        group = sorted((r for r in rows if r["assignment"] == assignment), key=lambda r: r["student"])
        scored = [r for r in group if r["score"] is not None]
        lines += [(r["student"], assignment, "–" if r["score"] is None else f"{r['score']:.2f}",
                   f"{r['max_score']:g}", r["status"]) for r in group]
        if scored:
            lines.append(("mean", assignment, f"{sum(r['score'] for r in scored) / len(scored):.1f}",
                          f"{scored[0]['max_score']:g}", f"{len(scored)} of {len(group)} graded"))
    widths = [max(len(line[k]) for line in lines) for k in range(5)]
    return "\n".join("  " + "  ".join(
        cell.rjust(width) if k in (2, 3) else cell.ljust(width)
        for k, (cell, width) in enumerate(zip(line, widths))).rstrip() for line in lines)


def summary(root: Path) -> str:
    """Return the lines to show after a build in this folder."""
    wanted = [page for part in pages(root / "_toc.yml").values() for page in part]
    built = [page for page in wanted if (root / "_build/html" / f"{page}.html").exists()]
    lines = ["", f"Pages built: {len(built)} of {len(wanted)}"]
    if missing := sorted(set(wanted) - set(built)):
        lines.append(f"  missing: {', '.join(missing)} (run make site)")
    scores = root / "course/scores.json"
    if scores.exists():
        lines += ["The sample class:", score_table(json.loads(scores.read_text(encoding="utf-8")))]
    else:
        lines.append("The sample class: not graded yet (run make grade)")
    return "\n".join([*lines, "Read the site: open _build/html/index.html (or make serve)"])


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")
    print(summary(ROOT))
