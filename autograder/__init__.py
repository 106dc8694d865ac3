"""The course's autograder. A student needs three names: `check`, and `progress` and `hand_in` at the end."""

from autograder.asking import check
from autograder.handin import hand_in
from autograder.tally import progress

__all__ = ["check", "hand_in", "progress"]
