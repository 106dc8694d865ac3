"""What an assignment's text says, read without nbformat or jupytext: its cells, its points, what is to be written.

A student's machine has this text with the solutions cut out, and the standard library. `setup.py` runs this file
by itself, so it imports nothing of ours.
"""

import re

SOLUTION = re.compile(r"^([ \t]*)### BEGIN SOLUTION\n.*?### END SOLUTION[ \t]*$", re.S | re.M)
STUB = r"\1# YOUR CODE HERE\n\1raise NotImplementedError()"
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n((?::[^\n]*\n)*)(.*?)^```[ \t]*$", re.S | re.M)
CHECK = re.compile(r"""check\(\s*["']([a-z0-9_]+)/([a-zA-Z0-9_]+)["']([^)]*)""")
POINTS = re.compile(r"\bpoints: *([\d.]+)")
DEFINED = re.compile(r"^(?:def|class) +(\w+)|^(\w+) *=(?!=)", re.M)
WAITS = re.compile(r"^[ \t]*raise NotImplementedError\(\)[ \t]*$", re.M)


def without_solutions(text: str) -> str:
    """The text as students may read it: where a solution was, the line that waits for theirs."""
    return SOLUTION.sub(STUB, text)


def points(text: str) -> dict[str, float]:
    """What each question is worth, in the order of the text."""
    return {asked[2]: float(POINTS.search(options)[1]) for options, code in CELL.findall(text)
            if "grade: true" in options and (asked := CHECK.search(code))}


def defined(code: str) -> set[str]:
    """The functions, classes and variables that a cell makes, at its left edge."""
    return {name for found in DEFINED.findall(code) for name in found if name}


def functions(code: str) -> set[str]:
    """The functions and classes among them."""
    return {name for name, _ in DEFINED.findall(code) if name}


def unanswered(text: str, sources: list[str]) -> list[str]:
    """The questions of an assignment's text that ask for something these cells do not define, or leave waiting."""
    wanted = {name for options, code in CELL.findall(text) if "solution: true" in options for name in defined(code)}
    written = {name for code in sources if not WAITS.search(code) for name in defined(code)}
    return [asked[2] for options, code in CELL.findall(text) if "grade: true" in options
            and (asked := CHECK.search(code)) and set(re.findall(r"\w+", asked[3])) & (wanted - written)]
