"""Each Var has a number of its own, in the order of making; a heap gives the latest one first."""

import heapq
import itertools

_counter = itertools.count()


# %% Var
class Var:
    __array_ufunc__ = None
    __slots__ = ("value", "grad", "born", "links")

    def __init__(self, value, *links):
        self.value, self.grad, self.links = value, 0.0, links
        self.born = next(_counter)

    def __repr__(self):
        return f"Var({self.value})"

    def __add__(self, other):
        if isinstance(other, Var):
            return Var(self.value + other.value, (self, 1), (other, 1))
        return Var(self.value + other, (self, 1))

    __radd__ = __add__

    def __neg__(self):
        return Var(-self.value, (self, -1))

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return (-self) + other

    def __mul__(self, other):
        if isinstance(other, Var):
            return Var(self.value * other.value, (self, other.value), (other, self.value))
        return Var(self.value * other, (self, other))

    __rmul__ = __mul__

    def _inverse(self):
        return Var(1 / self.value, (self, -1 / self.value**2))

    def __truediv__(self, other):
        return self * (other._inverse() if isinstance(other, Var) else 1 / other)

    def __rtruediv__(self, other):
        return other * self._inverse()

    def __pow__(self, other):
        if isinstance(other, Var):
            z = self.value**other.value
            along = math.log(self.value) * z if self.value > 0 else 0
            return Var(z, (self, other.value * self.value ** (other.value - 1)), (other, along))
        return Var(self.value**other, *([(self, other * self.value ** (other - 1))] if other else []))

    def __rpow__(self, base):
        z = base**self.value
        return Var(z, (self, z * math.log(base))) if base > 0 else Var(z)


# %% functions
def sin(x):
    return Var(math.sin(x.value), (x, math.cos(x.value))) if isinstance(x, Var) else math.sin(x)


def cos(x):
    return Var(math.cos(x.value), (x, -math.sin(x.value))) if isinstance(x, Var) else math.cos(x)


def exp(x):
    return Var(math.exp(x.value), (x, math.exp(x.value))) if isinstance(x, Var) else math.exp(x)


def log(x):
    return Var(math.log(x.value), (x, x.value**-1.0)) if isinstance(x, Var) else math.log(x)


def tanh(x):
    if isinstance(x, Var):
        t = math.tanh(x.value)
        return Var(t, (x, (1 - t) * (1 + t)))
    return math.tanh(x)


# %% backward
def backward(out):
    bar, heap = {out: 1.0}, [(-out.born, out)]
    while heap:
        _, v = heapq.heappop(heap)
        v.grad = bar[v]
        for parent, slope in v.links:
            if parent not in bar:
                bar[parent] = 0.0
                heapq.heappush(heap, (-parent.born, parent))
            bar[parent] += slope * bar[v]


# %% grad
class grad:
    """A gradient function is an object."""

    def __init__(self, f, argnums=0):
        self.f, self.argnums = f, argnums

    def run(self, args):
        single = not isinstance(self.argnums, tuple)
        places = [self.argnums] if single else list(self.argnums)
        inputs = [*args]
        for place in places:
            inputs[place] = Var(inputs[place])
        out = self.f(*inputs)
        if isinstance(out, Var):
            backward(out)
            out = out.value
        slopes = [inputs[place].grad for place in places]
        return out, slopes[0] if single else tuple(slopes)

    def __call__(self, *args):
        return self.run(args)[1]


# %% value_and_grad
class value_and_grad(grad):
    def __call__(self, *args):
        return self.run(args)
