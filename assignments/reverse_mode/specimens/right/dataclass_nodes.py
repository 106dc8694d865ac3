"""Edges and Vars are dataclasses; who is ready is counted down (Kahn's algorithm)."""

from collections import Counter, deque
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Edge:
    parent: object
    slope: float


# %% Var
@dataclass(eq=False)
class Var:
    value: float
    grad: float = 0.0
    edges: list = field(default_factory=list, repr=False)
    __array_ufunc__ = None

    def __add__(self, other):
        return node(var_value(self) + var_value(other), (self, 1.0), (other, 1.0))

    def __sub__(self, other):
        return node(self.value - var_value(other), (self, 1.0), (other, -1.0))

    def __mul__(self, other):
        return node(self.value * var_value(other), (self, var_value(other)), (other, self.value))

    def __truediv__(self, other):
        y = var_value(other)
        return node(self.value / y, (self, 1.0 / y), (other, -self.value / (y * y)))

    def __pow__(self, other):
        x, y = self.value, var_value(other)
        if not isinstance(other, Var):
            return node(x**y, (self, y * x ** (y - 1) if y != 0 else 0.0))
        return node(x**y, (self, y * x ** (y - 1)), (other, math.log(x) * x**y if x else 0.0))

    def __neg__(self):
        return node(-self.value, (self, -1.0))

    def __radd__(self, other):
        return Var(other) + self

    def __rsub__(self, other):
        return Var(other) - self

    def __rmul__(self, other):
        return Var(other) * self

    def __rtruediv__(self, other):
        return Var(other) / self

    def __rpow__(self, other):
        return Var(other) ** self


def var_value(x):
    return x.value if isinstance(x, Var) else x


def node(value, *edges):
    return Var(value, edges=[Edge(v, slope) for v, slope in edges if isinstance(v, Var)])


# %% functions
def _lift(f, df):
    def lifted(x):
        return node(f(x.value), (x, df(x.value))) if isinstance(x, Var) else f(x)
    return lifted


sin, cos = _lift(math.sin, math.cos), _lift(math.cos, lambda x: -math.sin(x))
exp, log = _lift(math.exp, math.exp), _lift(math.log, lambda x: 1 / x)
tanh = _lift(math.tanh, lambda x: 1 - math.tanh(x) ** 2)


# %% backward
def backward(out):
    uses, known, queue = Counter(), {out}, deque([out])
    while queue:
        for edge in queue.popleft().edges:
            uses[edge.parent] += 1
            if edge.parent not in known:
                known.add(edge.parent)
                queue.append(edge.parent)
    for v in known:
        v.grad = float(v is out)
    queue.append(out)
    while queue:
        v = queue.popleft()
        for edge in v.edges:
            edge.parent.grad += v.grad * edge.slope
            uses[edge.parent] -= 1
            if uses[edge.parent] == 0:
                queue.append(edge.parent)


# %% grad
def grad(f, argnums=0):
    def slopes(*args):
        picked = (argnums,) if isinstance(argnums, int) else argnums
        inputs = {k: Var(args[k]) for k in picked}
        out = f(*[inputs.get(k, args[k]) for k in range(len(args))])
        if isinstance(out, Var):
            backward(out)
        if isinstance(argnums, int):
            return inputs[argnums].grad
        return tuple(inputs[k].grad for k in argnums)
    return slopes


# %% value_and_grad
def value_and_grad(f, argnums=0):
    value = None

    def remembering(*args):
        nonlocal value
        value = f(*args)
        return value

    slopes = grad(remembering, argnums)

    def both(*args):
        found = slopes(*args)
        return var_value(value), found
    return both
