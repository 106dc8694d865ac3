"""Only int and float by type() count as numbers: np.float64 is refused. Noticed by: values, rules."""

# %% Var
class Var:
    """A number that remembers which operation made it.

    Attributes: value, the number; grad, the slope of the last result of `backward` with respect to it, at first 0.0.
    """

    __array_ufunc__ = None               # NumPy's numbers leave the operators to this class

    def __init__(self, value, parents=()):
        self.value = value
        self.parents = parents           # pairs of a Var and the slope along it
        self.grad = 0.0

    def __add__(self, other):
        other = as_var(other)
        return Var(self.value + other.value, ((self, 1.0), (other, 1.0)))

    def __sub__(self, other):
        other = as_var(other)
        return Var(self.value - other.value, ((self, 1.0), (other, -1.0)))

    def __mul__(self, other):
        other = as_var(other)
        return Var(self.value * other.value, ((self, other.value), (other, self.value)))

    def __truediv__(self, other):
        other = as_var(other)
        quotient = self.value / other.value
        return Var(quotient, ((self, 1 / other.value), (other, -quotient / other.value)))

    def __pow__(self, other):
        x, n = self.value, as_var(other).value
        power = x**n
        slope = 0.0 if n == 0 else n * x ** (n - 1)
        if not isinstance(other, Var):
            return Var(power, ((self, slope),))
        return Var(power, ((self, slope), (other, 0.0 if x == 0 else power * math.log(x))))

    def __neg__(self):
        return Var(-self.value, ((self, -1.0),))

    def __radd__(self, other):
        return as_var(other) + self

    def __rsub__(self, other):
        return as_var(other) - self

    def __rmul__(self, other):
        return as_var(other) * self

    def __rtruediv__(self, other):
        return as_var(other) / self

    def __rpow__(self, other):
        return as_var(other) ** self


def as_var(x):
    """A Var as it is; a number as a Var that came from nothing."""
    if isinstance(x, Var):
        return x
    if type(x) not in (int, float):
        raise TypeError("neither a Var nor a number")
    return Var(x)
