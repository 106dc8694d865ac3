"""A program in which some definitions are replaced: how a specimen shows its one bug without all that is right.

Definitions are functions, classes and assignments at the top, and those in the body of a class that both programs
have. Everything else of the first program stays as it is written.
"""

import ast


def overlaid(code: str, changes: str) -> str:
    """`code` with the definitions of `changes` in place of its own of the same name; new ones come at the end.

    Args: changes: definitions, indented as in `code`; of a class that `code` has, only what differs.
    Raises: SyntaxError for what is no Python.
    """
    lines, new = code.splitlines(), changes.splitlines()
    edits = _edits(ast.parse(code), ast.parse(changes), new)
    for start, end, text in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        lines[start:end] = text
    return "\n".join(lines)


def _edits(old: ast.Module | ast.ClassDef, changed: ast.Module | ast.ClassDef, new: list[str]) -> list[tuple[int, int, list[str]]]:
    """What to do to the old lines: (from, to, the lines to put there)."""
    known = {name: statement for statement in old.body for name in names(statement)}
    edits, added = [], []
    for statement in changed.body:
        text = new[_first(statement) - 1:statement.end_lineno]
        own = next((known[name] for name in names(statement) if name in known), None)
        if isinstance(statement, ast.ClassDef) and isinstance(own, ast.ClassDef):
            edits += _edits(own, statement, new)
        elif own is not None:
            edits.append((_first(own) - 1, own.end_lineno, text))
        else:
            added += ["", *text]
    end = max(statement.end_lineno for statement in old.body)
    return [*edits, (end, end, added)] if added else edits


def _first(statement: ast.stmt) -> int:
    """The line where a statement begins, decorators included."""
    return min([statement.lineno, *(d.lineno for d in getattr(statement, "decorator_list", []))])


def names(statement: ast.stmt) -> list[str]:
    """What a statement defines: one name, or several for `a, b = …`."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [statement.name]
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    return [n.id for t in targets if t is not None for n in ast.walk(t) if isinstance(n, ast.Name)]
