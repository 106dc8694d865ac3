"""The points of a student's notebook so far: what the last run of each check gave.

While grading this module is in the student's kernel, where there is no verdict: it imports nothing of that half.
"""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.verdict import Verdict

_last: dict[tuple[str, str], "Verdict"] = {}


def remember(slug: str, verdict: "Verdict") -> None:
    """Keep the verdict of a check until the next run of the same one."""
    _last[slug, verdict.question] = verdict


def progress(slug: str) -> None:
    """Print a table of an assignment's questions: points so far, and what to do next.

    Args: slug, the assignment, as in its notebook's name.
    Raises: UserError if there is no such assignment.
    """
    if not os.environ.get("AUTOGRADER_ASK_ONLY"):
        print(table(slug))


def table(slug: str) -> str:
    """The lines that `progress` prints."""
    from autograder import assignment, outline

    points = outline.points(assignment.text(slug))
    width = max(map(len, points))
    lines, total = [f"{slug}: your points so far, on the public inputs"], 0.0
    for question, most in points.items():
        verdict = _last.get((slug, question))
        score = verdict.scaled(most).score if verdict else 0.0
        total += score
        said = verdict.summary if verdict else "not checked yet"
        lines.append(f"  {verdict.mark if verdict else '·'} {question:<{width}}  {score:5.2f} of {most:g}   {said}")
    lines.append(f"    {'in all':<{width}}  {total:5.2f} of {sum(points.values()):g}")
    return "\n".join(lines)
