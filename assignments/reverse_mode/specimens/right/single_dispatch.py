"""Functions by functools.singledispatch; levels in place of an order: each Var lies above its parents."""

from functools import singledispatch


# %% Var
class Var:
    __array_ufunc__ = None
    __slots__ = ("value", "grad", "level", "left", "right", "dleft", "dright")

    def __init__(self, value, left=None, dleft=0.0, right=None, dright=0.0):
        self.value, self.grad = value, 0.0
        self.left, self.dleft, self.right, self.dright = left, dleft, right, dright
        self.level = 1 + max(-1 if v is None else v.level for v in (left, right))

    def __add__(self, other):
        other = constant(other)
        return Var(self.value + other.value, self, 1.0, other, 1.0)

    def __radd__(self, other):
        return constant(other).__add__(self)

    def __sub__(self, other):
        other = constant(other)
        return Var(self.value - other.value, self, 1.0, other, -1.0)

    def __rsub__(self, other):
        return constant(other).__sub__(self)

    def __mul__(self, other):
        other = constant(other)
        return Var(self.value * other.value, self, other.value, other, self.value)

    def __rmul__(self, other):
        return constant(other).__mul__(self)

    def __truediv__(self, other):
        other = constant(other)
        return Var(self.value / other.value, self, 1 / other.value, other, -self.value / other.value**2)

    def __rtruediv__(self, other):
        return constant(other).__truediv__(self)

    def __pow__(self, other):
        if isinstance(other, int):
            return Var(self.value**other, self, other * self.value ** (other - 1) if other else 0)
        other = constant(other)
        z = self.value**other.value
        if self.value == 0:
            return Var(z, self, 1.0 if other.value == 1 else 0.0, other, 0.0)
        return Var(z, self, other.value * z / self.value, other, z * math.log(self.value))

    def __rpow__(self, other):
        return constant(other).__pow__(self)

    def __neg__(self):
        return Var(-self.value, self, -1.0)


@singledispatch
def constant(x):
    return Var(x)


@constant.register
def _(x: Var):
    return x


# %% functions
def _dispatching(value, slope):
    function = singledispatch(value)

    @function.register
    def _(x: Var):
        return Var(value(x.value), x, slope(x.value))

    return function


sin = _dispatching(lambda x: math.sin(x), math.cos)
cos = _dispatching(lambda x: math.cos(x), lambda x: -math.sin(x))
exp = _dispatching(lambda x: math.exp(x), math.exp)
log = _dispatching(lambda x: math.log(x), lambda x: x**-1.0)
tanh = _dispatching(lambda x: math.tanh(x), lambda x: math.cosh(x) ** -2)


# %% backward
def backward(out):
    levels = [{} for _ in range(out.level + 1)]
    levels[out.level][id(out)] = out
    for level in reversed(levels):
        for v in level.values():
            v.grad = 0.0
            for parent in (v.left, v.right):
                if parent is not None:
                    levels[parent.level][id(parent)] = parent
    out.grad = 1.0
    for level in reversed(levels):
        for v in level.values():
            if v.left is not None:
                v.left.grad += v.grad * v.dleft
            if v.right is not None:
                v.right.grad += v.grad * v.dright


# %% grad
def grad(f, argnums=0):
    def gradient(*args):
        wrapped = list(args)
        match argnums:
            case int():
                wrapped[argnums] = Var(args[argnums])
            case _:
                for k in argnums:
                    wrapped[k] = Var(args[k])
        match f(*wrapped):
            case Var() as out:
                backward(out)
        return wrapped[argnums].grad if isinstance(argnums, int) else tuple([wrapped[k].grad for k in argnums])
    return gradient


# %% value_and_grad
def value_and_grad(f, argnums=0):
    def both(*args):
        box = []
        slopes = grad(lambda *xs: box.append(f(*xs)) or box[-1], argnums)(*args)
        return constant(box.pop()).value, slopes
    return both
