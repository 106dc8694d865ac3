"""The course's autograder. A student needs one name: `check`."""

from autograder.asking import check

__all__ = ["check"]
