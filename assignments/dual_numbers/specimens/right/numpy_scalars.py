"""All numbers become np.float64, so a division by zero warns and gives inf; powers are worked out by cases."""

# %% Dual
_stack = []


def _lift(x):
    return x if isinstance(x, Dual) else np.float64(x)


class Dual:
    def __init__(self, primal, tangent=0.0, rank=0):
        self.primal, self.tangent, self.rank = _lift(primal), _lift(tangent), rank

    def split(self, rank):
        return (self.primal, self.tangent) if self.rank == rank else (self, np.float64(0))

    def __add__(self, other):
        return _with(self, other, lambda x, a, y, b: (x + y, a + b))

    def __sub__(self, other):
        return _with(self, other, lambda x, a, y, b: (x - y, a - b))

    def __mul__(self, other):
        return _with(self, other, lambda x, a, y, b: (x * y, a * y + b * x))

    def __truediv__(self, other):
        return _with(self, other, lambda x, a, y, b: (x / y, a / y - x * b / (y * y)))

    def __radd__(self, other):
        return _lifted(other, self.rank) + self

    def __rsub__(self, other):
        return _lifted(other, self.rank) - self

    def __rmul__(self, other):
        return _lifted(other, self.rank) * self

    def __rtruediv__(self, other):
        return _lifted(other, self.rank) / self

    def __neg__(self):
        return Dual(-self.primal, -self.tangent, self.rank)

    def __pow__(self, other):
        if not isinstance(other, Dual):
            if other == 0:
                return Dual(1.0, 0.0, self.rank)
            slope = np.float64(other) * (1.0 if other == 1 else self.primal ** (np.float64(other) - 1))
            return Dual(self.primal ** np.float64(other), slope * self.tangent, self.rank)
        return _with(self, other, _power_rule)

    def __rpow__(self, other):
        return _with(_lifted(other, self.rank), self, _power_rule)

    def __abs__(self):
        return Dual(abs(self.primal), np.sign(_bottom(self)) * self.tangent, self.rank)

    def __lt__(self, other):
        return _bottom(self) < _bottom(other)

    def __le__(self, other):
        return _bottom(self) <= _bottom(other)

    def __gt__(self, other):
        return _bottom(self) > _bottom(other)

    def __ge__(self, other):
        return _bottom(self) >= _bottom(other)

    def __eq__(self, other):
        return _bottom(self) == _bottom(other)

    def __ne__(self, other):
        return not self == other


def _lifted(x, rank):
    return Dual(x, 0.0, rank)


def _with(p, q, rule):
    q = q if isinstance(q, Dual) else _lifted(q, p.rank)
    rank = max(p.rank, q.rank)
    return Dual(*rule(*p.split(rank), *q.split(rank)), rank)


def _power_rule(x, a, y, b):
    if _bottom(x) == 0:
        return x * 0.0, a * 0.0
    value = x**y
    return value, value * (y / x * a + ln(x) * b)


def ln(x):
    return Dual(ln(x.primal), x.tangent / x.primal, x.rank) if isinstance(x, Dual) else np.log(x)


def _bottom(x):
    return _bottom(x.primal) if isinstance(x, Dual) else x


# %% functions
def sin(x):
    return Dual(sin(x.primal), cos(x.primal) * x.tangent, x.rank) if isinstance(x, Dual) else np.sin(x)


def cos(x):
    return Dual(cos(x.primal), -sin(x.primal) * x.tangent, x.rank) if isinstance(x, Dual) else np.cos(x)


def tan(x):
    return Dual(tan(x.primal), x.tangent / cos(x.primal) ** 2, x.rank) if isinstance(x, Dual) else np.tan(x)


def exp(x):
    return Dual(exp(x.primal), exp(x.primal) * x.tangent, x.rank) if isinstance(x, Dual) else np.exp(x)


log = ln


def sqrt(x):
    return Dual(sqrt(x.primal), x.tangent / (2 * sqrt(x.primal)), x.rank) if isinstance(x, Dual) else np.sqrt(x)


def tanh(x):
    return Dual(tanh(x.primal), (1 - tanh(x.primal) ** 2) * x.tangent, x.rank) if isinstance(x, Dual) else np.tanh(x)


# %% derivative
class _Scope:
    """Opens a rank for one derivative, and closes it again."""

    def __enter__(self):
        _stack.append(self)
        return len(_stack)

    def __exit__(self, *_):
        _stack.pop()


def derivative(f, x):
    with _Scope() as rank:
        y = f(Dual(x, 1.0, rank))
        return y.split(rank)[1] if isinstance(y, Dual) else np.float64(0)


# %% gradient
def gradient(f, xs):
    def partial(k):
        with _Scope() as rank:
            y = f(*(Dual(x, 1.0 * (i == k), rank) for i, x in enumerate(xs)))
            return y.split(rank)[1] if isinstance(y, Dual) else np.float64(0)

    return [partial(k) for k in range(len(xs))]


# %% newton
def newton(f, x0, tol=1e-12, max_steps=50):
    x = np.float64(x0)
    for _ in range(max_steps):
        y = f(Dual(x, 1.0))
        if not isinstance(y, Dual) or y.tangent == 0 or not np.isfinite(y.primal):
            raise RuntimeError("nowhere to go")
        with np.errstate(over="ignore"):
            step = y.primal / y.tangent
        if not np.isfinite(step):
            raise RuntimeError("nowhere to go")
        x = x - step
        if abs(step) <= tol * max(1.0, abs(x)):
            return float(x)
    raise RuntimeError("too many steps")
