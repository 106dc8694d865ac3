"""The course's autograder. A student needs two names: `check`, and `progress` at the end."""

from autograder.asking import check
from autograder.tally import progress

__all__ = ["check", "progress"]
