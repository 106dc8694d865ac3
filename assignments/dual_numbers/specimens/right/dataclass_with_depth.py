"""A frozen dataclass with slots; the ε is told by the depth of nesting, kept in a list that grows and shrinks."""

# %% Dual
from dataclasses import dataclass

_open = []                                   # one entry for each derivative that is being taken


@dataclass(frozen=True, eq=False, slots=True)
class Dual:
    primal: object
    tangent: object = 0.0
    depth: int = 0

    def _with(self, other):
        """Depth, and both operands as Duals of that depth."""
        mine, theirs = self.depth, getattr(other, "depth", -1)
        depth = max(mine, theirs)
        left = self if mine == depth else Dual(self, 0.0, depth)
        right = other if theirs == depth else Dual(other, 0.0, depth)
        return depth, left, right

    def __add__(self, other):
        depth, p, q = self._with(other)
        return Dual(p.primal + q.primal, p.tangent + q.tangent, depth)

    def __radd__(self, other):
        return self + other

    def __mul__(self, other):
        depth, p, q = self._with(other)
        return Dual(p.primal * q.primal, p.primal * q.tangent + q.primal * p.tangent, depth)

    def __rmul__(self, other):
        return self * other

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + other * -1

    def __rsub__(self, other):
        return self * -1 + other

    def _inverse(self):
        return Dual(1 / self.primal, -1 / (self.primal * self.primal) * self.tangent, self.depth)

    def __truediv__(self, other):
        return self * (other._inverse() if isinstance(other, Dual) else 1 / other)

    def __rtruediv__(self, other):
        return self._inverse() * other

    def __pow__(self, other):
        if isinstance(other, Dual):
            if _bare(self) == 0:
                return Dual(0.0, 0.0, max(self.depth, other.depth))
            return exp(log(self) * other)
        if other == 0:
            return Dual(1.0, 0.0, self.depth)
        if other == 1:
            return self
        return Dual(self.primal**other, other * self.primal ** (other - 1) * self.tangent, self.depth)

    def __rpow__(self, other):
        if _bare(other) == 0:
            return Dual(0.0, 0.0, self.depth)
        return exp(self * math.log(other))

    def __abs__(self):
        return self if _bare(self) > 0 else -self

    def __lt__(self, other):
        return _bare(self) < _bare(other)

    def __le__(self, other):
        return _bare(self) <= _bare(other)

    def __gt__(self, other):
        return _bare(self) > _bare(other)

    def __ge__(self, other):
        return _bare(self) >= _bare(other)

    def __eq__(self, other):
        return _bare(self) == _bare(other)


def _bare(x):
    while isinstance(x, Dual):
        x = x.primal
    return x


def log(x):
    return Dual(log(x.primal), x.tangent / x.primal, x.depth) if isinstance(x, Dual) else math.log(x)


def exp(x):
    return Dual(exp(x.primal), exp(x.primal) * x.tangent, x.depth) if isinstance(x, Dual) else math.exp(x)


# %% functions
def log(x):
    return Dual(log(x.primal), x.tangent / x.primal, x.depth) if isinstance(x, Dual) else math.log(x)


def exp(x):
    return Dual(exp(x.primal), exp(x.primal) * x.tangent, x.depth) if isinstance(x, Dual) else math.exp(x)


def sin(x):
    return Dual(sin(x.primal), cos(x.primal) * x.tangent, x.depth) if isinstance(x, Dual) else math.sin(x)


def cos(x):
    return Dual(cos(x.primal), sin(x.primal) * -x.tangent, x.depth) if isinstance(x, Dual) else math.cos(x)


def tan(x):
    return sin(x) / cos(x)


def sqrt(x):
    return x**0.5


def tanh(x):
    if not isinstance(x, Dual):
        return math.tanh(x)
    t = tanh(x.primal)
    return Dual(t, (1 - t * t) * x.tangent, x.depth)


# %% derivative
def derivative(f, x):
    _open.append(None)
    depth = len(_open)
    try:
        y = f(Dual(x, 1.0, depth))
    finally:
        _open.pop()
    return y.tangent if isinstance(y, Dual) and y.depth == depth else 0.0


# %% gradient
def gradient(f, xs):
    xs = list(xs)
    return [derivative(lambda t, k=k: f(*xs[:k], t, *xs[k + 1:]), xs[k]) for k in range(len(xs))]


# %% newton
def newton(f, x0, tol=1e-12, max_steps=50):
    if max_steps == 0:
        raise RuntimeError("no convergence")
    try:
        step = f(x0) / derivative(f, x0)
    except ZeroDivisionError as error:
        raise RuntimeError("slope 0") from error
    if not abs(step) < float("inf"):
        raise RuntimeError("no finite step")
    x = x0 - step
    return x if abs(step) <= tol * max(1, abs(x)) else newton(f, x, tol, max_steps - 1)
