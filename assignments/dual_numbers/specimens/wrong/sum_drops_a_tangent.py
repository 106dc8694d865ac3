"""The sum keeps the first tangent only. Noticed by: arithmetic, derivative, gradient, expressions.
Says: the tangent of the second operand is lost
"""

# %% Dual
class Dual:
    """primal + tangent ε, where ε² = 0. Computes with Duals and with numbers on either side."""

    def __init__(self, primal, tangent=0.0):
        self.primal, self.tangent, self.level = primal, tangent, 0

    def __add__(self, other):
        level, x, a, y, b = matched(self, other)
        return dual(x + y, a, level)

    def __mul__(self, other):
        level, x, a, y, b = matched(self, other)
        return dual(x * y, a * y + x * b, level)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return dual(-self.primal, -self.tangent, self.level)

    def __sub__(self, other):
        return difference(self, other)

    def __rsub__(self, other):
        return difference(other, self)

    def __truediv__(self, other):
        return quotient(self, other)

    def __rtruediv__(self, other):
        return quotient(other, self)

    def __pow__(self, other):
        return power(self, other)

    def __rpow__(self, other):
        return power(other, self)

    def __abs__(self):
        sign = 1.0 if self > 0 else -1.0
        return dual(abs(self.primal), sign * self.tangent, self.level)

    def __lt__(self, other):
        return value_of(self) < value_of(other)

    def __le__(self, other):
        return value_of(self) <= value_of(other)

    def __gt__(self, other):
        return value_of(self) > value_of(other)

    def __ge__(self, other):
        return value_of(self) >= value_of(other)

    def __eq__(self, other):
        return value_of(self) == value_of(other)

    def __ne__(self, other):
        return value_of(self) != value_of(other)


def difference(p, q):
    level, x, a, y, b = matched(p, q)
    return dual(x - y, a - b, level)


def quotient(p, q):
    level, x, a, y, b = matched(p, q)
    return dual(x / y, (a * y - x * b) / (y * y), level)


def power(p, q):
    level, x, a, y, b = matched(p, q)
    value, tangent = x**y, 0.0
    if level_of(p) == level and not (x == 0 and y == 0):
        tangent = y * x ** (y - 1) * a
    if level_of(q) == level and x != 0:
        tangent = tangent + value * log_of(x) * b
    return dual(value, tangent, level)


def log_of(x):
    if isinstance(x, Dual):
        return dual(log_of(x.primal), x.tangent / x.primal, x.level)
    return math.log(x)


# Each derivative that is taken has an ε of its own, and its level says which. The newest is the
# innermost: for it, numbers of all other levels are constants.
levels = itertools.count(1)


def dual(primal, tangent, level):
    made = Dual(primal, tangent)
    made.level = level
    return made


def level_of(x):
    return x.level if isinstance(x, Dual) else -1


def parts(x, level):
    """Primal and tangent of x with respect to the ε of this level."""
    return (x.primal, x.tangent) if level_of(x) == level else (x, 0.0)


def matched(p, q):
    level = max(level_of(p), level_of(q))
    return level, *parts(p, level), *parts(q, level)


def value_of(x):
    """The primal without any ε."""
    return value_of(x.primal) if isinstance(x, Dual) else x
