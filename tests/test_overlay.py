"""A specimen that gives only what differs is the reference with that in it, and nothing else."""

import ast

import pytest

from autograder.overlay import overlaid

CODE = '''class Pair:
    """Two numbers."""

    size = 2

    @property
    def first(self):
        return self.a

    def last(self):
        return self.b

    same, other = first, last


def total(p):
    return p.first + p.last()       # kept


LIMIT = 3'''


@pytest.mark.parametrize("changes, expected", [
    ("def total(p):\n    return 0", CODE.replace("    return p.first + p.last()       # kept", "    return 0")),
    ("class Pair:\n    def last(self):\n        return 7", CODE.replace("return self.b", "return 7")),
    ("class Pair:\n    @staticmethod\n    def first():\n        return 1",
     CODE.replace("    @property\n    def first(self):\n        return self.a", "    @staticmethod\n    def first():\n        return 1")),
    ("LIMIT = 4", CODE.replace("LIMIT = 3", "LIMIT = 4")),
    ("class Pair:\n    same, other = last, first", CODE.replace("same, other = first, last", "same, other = last, first")),
    ("def extra():\n    pass", CODE + "\n\ndef extra():\n    pass"),
    ("class Pair:\n    size = 3\n\n    def more(self):\n        return 9",
     CODE.replace("size = 2", "size = 3").replace("    same, other = first, last", "    same, other = first, last\n\n    def more(self):\n        return 9")),
    ("class New:\n    pass", CODE + "\n\nclass New:\n    pass"),
])
def test_definitions_are_replaced_by_name(changes, expected):
    """Functions, methods, decorated ones and assignments are put in place, new ones at the end; the rest stays to the letter."""
    assert overlaid(CODE, changes) == expected
    ast.parse(expected)
