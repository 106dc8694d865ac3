"""A table of operators with their partial derivatives, put onto the class by a loop; functions from a table, too."""

# %% Dual
import operator


class Dual:
    __array_ufunc__ = None
    __slots__ = ("primal", "tangent", "tag")

    def __init__(self, primal, tangent=0.0, tag=0):
        self.primal, self.tangent, self.tag = primal, tangent, tag

    def __repr__(self):
        return f"Dual({self.primal!r}, {self.tangent!r}, tag={self.tag})"


def _strip(x):
    return _strip(x.primal) if isinstance(x, Dual) else x


def _ln(x):
    return Dual(_ln(x.primal), x.tangent / x.primal, x.tag) if isinstance(x, Dual) else math.log(x)


def _power_by_base(x, y, value):
    if not isinstance(y, Dual) and y == 0:
        return 0.0
    return y * x ** (y - 1)


# name: the operation, and its partial derivatives by the left and the right operand
RULES = {
    "add": (operator.add, lambda x, y, v: 1.0, lambda x, y, v: 1.0),
    "sub": (operator.sub, lambda x, y, v: 1.0, lambda x, y, v: -1.0),
    "mul": (operator.mul, lambda x, y, v: y, lambda x, y, v: x),
    "truediv": (operator.truediv, lambda x, y, v: 1.0 / y, lambda x, y, v: -v / y),
    "pow": (operator.pow, _power_by_base, lambda x, y, v: v * _ln(x) if _strip(x) != 0 else 0.0),
}


def _binary(p, q, operation, by_left, by_right):
    tag = max(x.tag for x in (p, q) if isinstance(x, Dual))
    moving = [isinstance(x, Dual) and x.tag == tag for x in (p, q)]
    x, y = (z.primal if m else z for z, m in zip((p, q), moving))
    value = operation(x, y)
    terms = [partial(x, y, value) * z.tangent for z, m, partial in zip((p, q), moving, (by_left, by_right)) if m]
    return Dual(value, terms[0] if len(terms) == 1 else terms[0] + terms[1], tag)


def _install(name, rule):
    setattr(Dual, f"__{name}__", lambda self, other: _binary(self, other, *rule))
    setattr(Dual, f"__r{name}__", lambda self, other: _binary(other, self, *rule))


for _name, _rule in RULES.items():
    _install(_name, _rule)
for _name in ("lt", "le", "gt", "ge", "eq", "ne"):
    setattr(Dual, f"__{_name}__", lambda self, other, op=getattr(operator, _name): op(_strip(self), _strip(other)))
Dual.__neg__ = lambda self: Dual(-self.primal, -self.tangent, self.tag)
Dual.__abs__ = lambda self: Dual(abs(self.primal), math.copysign(1, _strip(self)) * self.tangent, self.tag)


# %% functions
SLOPES = {
    "sin": lambda x, v: cos(x),
    "cos": lambda x, v: -1 * sin(x),
    "tan": lambda x, v: v**2 + 1,
    "exp": lambda x, v: v,
    "log": lambda x, v: x**-1,
    "sqrt": lambda x, v: 0.5 / v,
    "tanh": lambda x, v: 1 - v**2,
}


def _lifted(name):
    plain, slope = getattr(math, name), SLOPES[name]

    def function(x):
        if not isinstance(x, Dual):
            return plain(x)
        value = function(x.primal)
        return Dual(value, slope(x.primal, value) * x.tangent, x.tag)

    return function


sin, cos, tan, exp, log, sqrt, tanh = map(_lifted, ("sin", "cos", "tan", "exp", "log", "sqrt", "tanh"))


# %% derivative
_tags = itertools.count(1)


def _slope(f, args, seeds):
    tag = next(_tags)
    result = f(*[Dual(x, s, tag) for x, s in zip(args, seeds)])
    return result.tangent if isinstance(result, Dual) and result.tag == tag else 0.0


def derivative(f, x):
    return _slope(f, [x], [1.0])


# %% gradient
def gradient(f, xs):
    return [_slope(f, xs, row) for row in np.eye(len(xs)).tolist()]


# %% newton
def newton(f, x0, tol=1e-12, max_steps=50):
    def steps():
        x = float(x0)
        for _ in range(max_steps):
            y = f(Dual(x, 1.0))
            value, slope = (y.primal, y.tangent) if isinstance(y, Dual) else (y, 0.0)
            if not slope:
                raise RuntimeError("flat")
            step = value / slope
            if math.isnan(step) or math.isinf(step):
                raise RuntimeError("lost")
            x -= step
            yield x, step

    for x, step in steps():
        if abs(step) <= tol * max(1, abs(x)):
            return x
    raise RuntimeError("no root found")
