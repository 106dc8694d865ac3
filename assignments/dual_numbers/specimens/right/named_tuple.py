"""An immutable NamedTuple that asks NumPy to stand aside; the functions dispatch on the type of their argument."""

# %% Dual
from functools import singledispatch
from typing import NamedTuple


class _Pair(NamedTuple):
    primal: object
    tangent: object = 0.0
    order: int = 0


class Dual(_Pair):
    __slots__ = ()
    __array_ufunc__ = None

    def __add__(self, other):
        p, q, order = _align(self, other)
        return Dual(p[0] + q[0], p[1] + q[1], order)

    def __radd__(self, other):
        return self.__add__(other)

    def __neg__(self):
        return Dual(-self[0], -self[1], self[2])

    def __sub__(self, other):
        p, q, order = _align(self, other)
        return Dual(p[0] - q[0], p[1] - q[1], order)

    def __rsub__(self, other):
        return (-self).__add__(other)

    def __mul__(self, other):
        p, q, order = _align(self, other)
        return Dual(p[0] * q[0], p[0] * q[1] + q[0] * p[1], order)

    def __rmul__(self, other):
        return self.__mul__(other)

    def __truediv__(self, other):
        p, q, order = _align(self, other)
        value = p[0] / q[0]
        return Dual(value, (p[1] - value * q[1]) / q[0], order)

    def __rtruediv__(self, other):
        return Dual(other, 0.0, self.order) / self

    def __pow__(self, n):
        match n:
            case Dual():
                return _general_power(self, n)
            case 0:
                return self * 0 + 1
            case int() if n > 0:
                return self * self ** (n - 1)
            case int():
                return 1 / self**-n
        return Dual(self[0] ** n, n * self[0] ** (n - 1) * self[1], self[2])

    def __rpow__(self, base):
        return _general_power(Dual(base, 0.0, self.order), self)

    def __abs__(self):
        return self * (1 if self > 0 else -1)

    def __lt__(self, other):
        return _real(self) < _real(other)

    def __gt__(self, other):
        return _real(self) > _real(other)

    def __eq__(self, other):
        return _real(self) == _real(other)

    def __ne__(self, other):
        return _real(self) != _real(other)

    def __le__(self, other):
        return _real(self) <= _real(other)

    def __ge__(self, other):
        return _real(self) >= _real(other)

    __hash__ = None


def _align(p, q):
    order = max(z.order for z in (p, q) if isinstance(z, Dual))
    pair = [(z[0], z[1]) if isinstance(z, Dual) and z.order == order else (z, 0.0) for z in (p, q)]
    return *pair, order


def _general_power(p, q):
    if _real(p) == 0:
        return 0.0 * q
    return _exp(q * _log(p))


def _real(z):
    return _real(z[0]) if isinstance(z, Dual) else z


@singledispatch
def _log(z):
    return math.log(z)


@_log.register
def _(z: Dual):
    return Dual(_log(z[0]), z[1] / z[0], z[2])


@singledispatch
def _exp(z):
    return math.exp(z)


@_exp.register
def _(z: Dual):
    value = _exp(z[0])
    return Dual(value, value * z[1], z[2])


# %% functions
log, exp = _log, _exp


@singledispatch
def sin(z):
    return math.sin(z)


@sin.register
def _(z: Dual):
    return Dual(sin(z[0]), cos(z[0]) * z[1], z[2])


@singledispatch
def cos(z):
    return math.cos(z)


@cos.register
def _(z: Dual):
    return Dual(cos(z[0]), -(sin(z[0]) * z[1]), z[2])


@singledispatch
def tan(z):
    return math.tan(z)


@tan.register
def _(z: Dual):
    return sin(z) / cos(z)


@singledispatch
def sqrt(z):
    return math.sqrt(z)


@sqrt.register
def _(z: Dual):
    root = sqrt(z[0])
    return Dual(root, z[1] / root / 2, z[2])


@singledispatch
def tanh(z):
    return math.tanh(z)


@tanh.register
def _(z: Dual):
    t = tanh(z[0])
    return Dual(t, (1 + t) * (1 - t) * z[1], z[2])


# %% derivative
_order = itertools.count(1)


def derivative(f, x):
    mine = next(_order)
    match f(Dual(x, 1.0, mine)):
        case Dual(tangent=slope, order=order) if order == mine:
            return slope
    return 0.0


# %% gradient
def gradient(f, xs):
    mine = next(_order)

    def partial(k):
        y = f(*[Dual(x, (0.0, 1.0)[j == k], mine) for j, x in enumerate(xs)])
        return y.tangent if isinstance(y, Dual) and y.order == mine else 0.0

    return list(map(partial, range(len(xs))))


# %% newton
def newton(f, x0, tol=1e-12, max_steps=50):
    x = np.float64(x0)
    with np.errstate(all="ignore"):
        for _ in range(max_steps):
            step = np.float64(f(x)) / np.float64(derivative(f, x))
            if not np.isfinite(step):
                raise RuntimeError("no finite step")
            x = x - step
            if np.abs(step) <= tol * np.maximum(1, np.abs(x)):
                return x
    raise RuntimeError("not within max_steps")
