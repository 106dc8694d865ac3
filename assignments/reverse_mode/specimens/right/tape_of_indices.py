"""A global tape of rows (Wengert's list): a Var is a value and the number of its row."""

TAPE = []                # row: (parent rows, slopes)
MADE = []                # the Var of each row


# %% Var
class Var:
    __array_ufunc__ = None

    def __init__(self, value, rows=(), slopes=()):
        self.value, self.grad, self.row = value, 0.0, len(TAPE)
        TAPE.append((rows, slopes))
        MADE.append(self)

    def __add__(self, other):
        return binary(self, other, lambda x, y: (x + y, 1.0, 1.0))

    def __radd__(self, other):
        return binary(other, self, lambda x, y: (x + y, 1.0, 1.0))

    def __sub__(self, other):
        return binary(self, other, lambda x, y: (x - y, 1.0, -1.0))

    def __rsub__(self, other):
        return binary(other, self, lambda x, y: (x - y, 1.0, -1.0))

    def __mul__(self, other):
        return binary(self, other, lambda x, y: (x * y, y, x))

    def __rmul__(self, other):
        return binary(other, self, lambda x, y: (x * y, y, x))

    def __truediv__(self, other):
        return binary(self, other, lambda x, y: (x / y, 1 / y, -x / y**2))

    def __rtruediv__(self, other):
        return binary(other, self, lambda x, y: (x / y, 1 / y, -x / y**2))

    def __pow__(self, other):
        return binary(self, other, power)

    def __rpow__(self, other):
        return binary(other, self, power)

    def __neg__(self):
        return Var(-self.value, (self.row,), (-1.0,))


def binary(left, right, rule):
    x, y = (v.value if isinstance(v, Var) else v for v in (left, right))
    value, *slopes = rule(x, y)
    used = [(v.row, s) for v, s in zip((left, right), slopes) if isinstance(v, Var)]
    return Var(value, [r for r, _ in used], [s for _, s in used])


def power(x, y):
    return x**y, (y * x ** (y - 1) if y else 0.0), (x**y * math.log(x) if x > 0 else 0.0)


# %% functions
def elementary(value, slope):
    def apply(x):
        return Var(value(x.value), (x.row,), (slope(x.value),)) if isinstance(x, Var) else value(x)
    return apply


sin = elementary(math.sin, math.cos)
cos = elementary(math.cos, lambda x: -math.sin(x))
exp = elementary(math.exp, math.exp)
log = elementary(math.log, lambda x: 1 / x)
tanh = elementary(math.tanh, lambda x: 1 - math.tanh(x) ** 2)


# %% backward
def backward(out):
    bars = {out.row: 1.0}
    for row in range(out.row, -1, -1):
        if row in bars:
            parents, slopes = TAPE[row]
            for parent, slope in zip(parents, slopes):
                bars[parent] = bars.get(parent, 0.0) + bars[row] * slope
    for row, bar in bars.items():
        MADE[row].grad = bar


# %% grad
def grad(f, argnums=0):
    def gradient(*args):
        start = len(TAPE)
        chosen = (argnums,) if isinstance(argnums, int) else argnums
        made = {k: Var(args[k]) for k in chosen}
        out = f(*(made.get(k, x) for k, x in enumerate(args)))
        if isinstance(out, Var):
            backward(out)
        found = tuple(made[k].grad for k in chosen)
        del TAPE[start:], MADE[start:]
        return found[0] if isinstance(argnums, int) else found
    return gradient


# %% value_and_grad
def value_and_grad(f, argnums=0):
    def both(*args):
        chosen = (argnums,) if isinstance(argnums, int) else argnums
        made = {k: Var(args[k]) for k in chosen}
        out = f(*(made.get(k, x) for k, x in enumerate(args)))
        if not isinstance(out, Var):
            return out, 0.0 if isinstance(argnums, int) else (0.0,) * len(chosen)
        backward(out)
        found = tuple(made[k].grad for k in chosen)
        return out.value, found[0] if isinstance(argnums, int) else found
    return both
