"""Random arithmetic, to compare a student's derivatives with JAX's on programs that nobody has seen.

An expression is a list of nodes, each an operation on earlier ones. It computes with whatever
numbers and functions it is given: floats, JAX arrays, or a student's own type.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

BINARY = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "**": operator.pow}
# Where a function's argument must lie so that it and its derivatives stay of moderate size.
DOMAINS = {"log": (0.2, 8), "sqrt": (0.2, 8), "tan": (-1.2, 1.2), "exp": (-3, 2), "sin": (-6, 6), "cos": (-6, 6), "tanh": (-2, 2)}
LARGEST, STEEPEST = 8.0, 50.0
STEP = 1e-30
JOINING = ("+", "-", "*")               # a quotient or a power of what is left may fit nowhere
COMPLEX = {name: getattr(np, name) for name in DOMAINS}


@dataclass(frozen=True)
class Expression:
    """nodes: ("x", k) for the k-th input, ("number", c), ("neg", i), (function, i) or (operator, i, j), where i and j
    are the places of earlier nodes. The last node is the result."""

    nodes: tuple[tuple, ...]

    def __call__(self, xs: Sequence[Any], functions: Mapping[str, Callable[[Any], Any]]) -> Any:
        """The value at xs, which may be of any type that the operators and the functions take."""
        values: list[Any] = []
        for node in self.nodes:
            values.append(_apply(node, xs, values, functions))
        return values[-1]

    @property
    def text(self) -> str:
        """The expression as a line of Python; a node that is used more than once gets a name first."""
        uses = [0] * len(self.nodes)
        for kind, *operands in self.nodes:
            if kind not in ("x", "number"):
                for i in operands:
                    uses[i] += 1
        named, texts = [], []
        for place, (kind, *operands) in enumerate(self.nodes):
            a = texts[operands[0]] if kind not in ("x", "number") else ""
            text = {"x": f"x{operands[0]}", "number": f"{operands[0]:g}", "neg": f"-{a}"}.get(kind) or (
                f"({a} {kind} {texts[operands[1]]})" if kind in BINARY else f"{kind}({a})")
            if uses[place] > 1 and kind not in ("x", "number"):
                named.append(f"t{place} = {text}")
                text = f"t{place}"
            texts.append(f"({text})" if kind == "neg" or text.startswith("-") else text)
        return "; ".join([*named, texts[-1].removeprefix("(").removesuffix(")") if self.nodes[-1][0] in BINARY else texts[-1]])


def drawn(rng: np.random.Generator, inputs: int, size: int, functions: Sequence[str],
          shared: bool = False) -> tuple[Expression, list[float]]:
    """Draw an expression and a point where it is well conditioned.

    Every value on the way is below 8 in size and every derivative below 50, so that the round-off of a right
    derivative stays below 1e-10, in whatever order it is computed: each of some 25 roundings of at most 8 EPS
    is magnified by second derivatives of a thousand at the very most.

    Args:
      inputs, size: how many inputs it has, and how many operations.
      functions: names of DOMAINS.
      shared: whether a value may be used several times, which makes a graph of it; otherwise it is a tree.
    Returns: the expression and the inputs.
    """
    while True:
        if found := _attempt(rng, inputs, size, functions, shared):
            return found


def _attempt(rng, inputs, size, functions, shared) -> tuple[Expression, list[float]] | None:
    """Draw nodes one by one; None where hardly anything fits any more, as with two last values that cannot be joined."""
    xs = [float(x) for x in np.round(rng.uniform(0.4, 1.8, inputs) * rng.choice([-1, 1, 1], inputs), 3)]
    rejected = 0
    seeds = np.asarray(xs) + 1j * STEP * np.eye(inputs)          # a complex step along each input
    nodes: list[tuple] = [("x", k) for k in range(inputs)]
    values = [seeds[:, k] for k in range(inputs)]
    free = list(range(inputs))                                  # not used yet
    while len(nodes) < inputs + size or len(free) > 1:
        if rng.random() < 0.15 and len(nodes) < inputs + size:
            node: tuple = ("number", float(np.round(rng.uniform(0.5, 2.5), 2)))
        else:
            node = _operation(rng, nodes, free, functions, shared, joining=len(nodes) >= inputs + size)
        with np.errstate(all="ignore"):
            value = _apply(node, list(seeds.T), values, COMPLEX) + np.zeros(inputs)
        if not _moderate(node, value, values):
            rejected += 1
            if rejected > 20 * (inputs + size):
                return None
            continue
        if node[0] != "number":
            free = [i for i in free if i not in node[1:]]
        nodes.append(node)
        values.append(value)
        free.append(len(nodes) - 1)
    return Expression(tuple(nodes)), xs


def _operation(rng, nodes, free, functions, shared, joining) -> tuple:
    """Draw an operation on nodes; while joining, always on two that nothing uses yet."""
    if joining:
        return (str(rng.choice(JOINING)), *map(int, rng.choice(free, 2, replace=False)))
    pool = list(range(len(nodes))) if shared else free
    if rng.random() < 0.4 or len(pool) < 2:
        return (str(rng.choice([*functions, "neg"])), int(rng.choice(pool)))
    first, second = (rng.choice(free), rng.choice(pool)) if shared else rng.choice(pool, 2, replace=False)
    return (str(rng.choice(list(BINARY))), int(first), int(second))


def _apply(node: tuple, xs: Sequence[Any], values: Sequence[Any], functions: Mapping[str, Callable]) -> Any:
    kind, *operands = node
    if kind == "x":
        return xs[operands[0]]
    if kind == "number":
        return operands[0]
    if kind == "neg":
        return -values[operands[0]]
    if kind in BINARY:
        return BINARY[kind](values[operands[0]], values[operands[1]])
    return functions[kind](values[operands[0]])


def _moderate(node: tuple, value: np.ndarray, values: Sequence[np.ndarray]) -> bool:
    """Whether an operation stays away from poles, kinks and large numbers, and from powers that are not real."""
    kind, *operands = node
    if kind == "number":
        return True
    given = [float(values[i].real[0]) for i in operands]
    if kind in DOMAINS and not DOMAINS[kind][0] < given[0] < DOMAINS[kind][1]:
        return False
    if kind == "/" and abs(given[1]) < 0.4:
        return False
    if kind == "**" and not (0.4 < given[0] < 3 and abs(given[1]) < 3):
        return False
    size, slopes = abs(value.real[0]), np.abs(value.imag) / STEP
    return bool(0.02 < size < LARGEST and np.all(slopes < STEEPEST))
