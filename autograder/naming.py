"""Who handed a file in, by its path: named groups in a regular expression, as for nbgrader's zip_collect.

The groups: `student_id` is needed, `file_id` comes with it; a learning platform's own patterns are here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.errors import UserError

# lovelaceada_LATE_4021_77310_finite_differences-1.ipynb; of a student's zip, the names in it follow.
CANVAS = re.compile(r"(?:.*/)?(?P<who>[^/_]+)_(?P<late>LATE_)?(?P<student_id>\d+)_(?P<submission>\d+)_(?P<file_id>.+)\.ipynb\Z", re.S)
# Ada Lovelace_1234567_assignsubmission_file_/finite_differences.ipynb, or with the file's name behind the last _.
MOODLE = re.compile(r"(?:.*/)?(?P<who>[^/]+)_(?P<student_id>\d+)_assignsubmission_file_?/?(?P<file_id>.+)\.ipynb\Z", re.S)


@dataclass(frozen=True)
class Named:
    """What a path says: student: the id; sender: who the platform says handed it in, "" where none does; late: marked so."""

    student: str
    sender: str = ""
    late: bool = False


def pattern(text: str) -> re.Pattern:
    """An instructor's own pattern. Raises UserError for one that cannot be used."""
    try:
        found = re.compile(text)
    except re.error as error:
        raise UserError(f"{text!r} is no regular expression ({error}).") from None
    if "student_id" not in found.groupindex:
        raise UserError(f"{text!r} names no student: put (?P<student_id>…) around the part that does.")
    return found


def by_pattern(path: str, own: re.Pattern) -> Named | None:
    """Who handed a file in, by an instructor's own pattern, which begins at the path's beginning, as nbgrader has it."""
    found = own.match(path)
    student = found.groupdict().get("student_id") if found else None
    return Named(student, f"student {student}") if student else None


def by_platform(path: str) -> Named | None:
    """Who handed a file in, where the path is one of Canvas' or Moodle's."""
    for name, known in (("Moodle", MOODLE), ("Canvas", CANVAS)):
        if found := known.match(path):
            return Named(found["student_id"], f"{name} user {found['student_id']}", bool(found.groupdict().get("late")))
    return None


def by_own_name(path: str, slugs: Iterable[str]) -> Named | None:
    """Who handed a file in, where it is called as `hand_in` calls it; browsers put (1) behind a second one."""
    file = path.rpartition("/")[2]
    for slug in slugs:
        if found := re.fullmatch(rf"{slug}-(?P<student_id>.+?)(?:-again)?(?: ?\(\d+\))?\.ipynb", file):
            return Named(found["student_id"])
    return None
