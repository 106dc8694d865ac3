"""Small changes to a program, one at a time, as a person might make them by mistake.

`mutants` takes source text and yields each changed program with what was changed. Docstrings, the
messages of `raise` and annotations are left alone: no check looks at them.
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

SWAPS = {ast.Add: [ast.Sub], ast.Sub: [ast.Add], ast.Mult: [ast.Div, ast.Add], ast.Div: [ast.Mult], ast.Pow: [ast.Mult], ast.MatMult: [ast.Mult],
         ast.FloorDiv: [ast.Div], ast.Mod: [ast.FloorDiv], ast.Lt: [ast.LtE, ast.Gt], ast.LtE: [ast.Lt, ast.GtE], ast.Gt: [ast.GtE, ast.Lt],
         ast.GtE: [ast.Gt, ast.LtE], ast.Eq: [ast.NotEq], ast.NotEq: [ast.Eq], ast.In: [ast.NotIn], ast.NotIn: [ast.In],
         ast.Is: [ast.IsNot], ast.IsNot: [ast.Is], ast.And: [ast.Or], ast.Or: [ast.And]}


@dataclass(frozen=True)
class Mutant:
    """One changed program: its text, the line that changed (before and after), and its number in that line."""

    line: int
    before: str
    after: str
    code: str

    @property
    def what(self) -> str:
        return f"`{self.before}` → `{self.after}`"


def mutants(code: str) -> Iterator[Mutant]:
    """Every program that differs from `code` by one small change. Raises SyntaxError for what is no Python."""
    tree = ast.parse(code)
    lines, seen = ast.unparse(tree).splitlines(), {ast.unparse(tree)}
    for path in _paths(tree):
        for change in _changes(_at(tree, path)):
            changed = copy.deepcopy(tree)
            if not _replace(changed, path, change):
                continue
            text = ast.unparse(ast.fix_missing_locations(changed))
            if text in seen:
                continue
            seen.add(text)
            before, after = _difference(lines, text.splitlines())
            yield Mutant(_at(tree, path).lineno, before, after, text)


def _paths(node: ast.AST, path: tuple = ()) -> Iterator[tuple]:
    """The way to every node that may be changed: field names and places in lists."""
    if hasattr(node, "lineno"):
        yield path
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list") or (isinstance(node, ast.Raise) and name == "exc"):
            continue
        if isinstance(value, ast.AST):
            yield from _paths(value, (*path, (name, None)))
        elif isinstance(value, list):
            for place, item in enumerate(value):
                docstring = place == 0 and name == "body" and isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant)
                if isinstance(item, ast.AST) and not docstring:
                    yield from _paths(item, (*path, (name, place)))


def _at(tree: ast.AST, path: tuple) -> ast.AST:
    for name, place in path:
        tree = getattr(tree, name) if place is None else getattr(tree, name)[place]
    return tree


def _replace(tree: ast.AST, path: tuple, new: ast.AST) -> bool:
    parent, (name, place) = _at(tree, path[:-1]), path[-1]
    if place is None:
        setattr(parent, name, new)
    else:
        getattr(parent, name)[place] = new
    try:
        compile(ast.unparse(ast.fix_missing_locations(tree)), "mutant", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in a node's place."""
    made = _swapped(node)
    if isinstance(node, ast.BinOp):
        yield node.left
        yield node.right
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.Constant) and not isinstance(node.value, str) and node.value is not None and node.value is not ...:
        yield from (ast.Constant(v) for v in ([not node.value] if isinstance(node.value, bool) else [node.value + 1, 0]))
    elif isinstance(node, ast.IfExp):
        yield node.body
        yield node.orelse
    elif isinstance(node, ast.If | ast.While):
        for value in (True, False):
            if not (isinstance(node, ast.While) and value):
                changed = copy.deepcopy(node)
                changed.test = ast.Constant(value)
                yield changed
    elif isinstance(node, ast.Call):
        if node.args and not isinstance(node.args[0], ast.Starred):
            yield node.args[0]
        if len(node.args) > 1:
            changed = copy.deepcopy(node)
            changed.args[0], changed.args[1] = changed.args[1], changed.args[0]
            yield changed
        for k in range(len(node.keywords)):
            changed = copy.deepcopy(node)
            del changed.keywords[k]
            yield changed
    elif isinstance(node, ast.Assign | ast.AugAssign | ast.Expr | ast.Raise | ast.Break | ast.Continue | ast.For):
        yield ast.Pass()
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
        yield node.value
    if isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value)
    yield from made


def _swapped(node: ast.AST) -> Iterator[ast.AST]:
    """The node with another operator."""
    if isinstance(node, ast.Compare):
        for k, old in enumerate(node.ops):
            for kind in SWAPS.get(type(old), []):
                changed = copy.deepcopy(node)
                changed.ops[k] = kind()
                yield changed
    elif isinstance(node, ast.BinOp | ast.BoolOp | ast.AugAssign):
        for kind in SWAPS.get(type(node.op), []):
            changed = copy.deepcopy(node)
            changed.op = kind()
            yield changed


def _difference(old: list[str], new: list[str]) -> tuple[str, str]:
    """The lines that differ, without what both texts share before and after them."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    cut = [" ".join(" ".join(lines[start:len(lines) - end]).split()) for lines in (old, new)]
    return cut[0] or "(nothing)", cut[1] or "(nothing)"
