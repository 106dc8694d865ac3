"""A Dual keeps its tangents in a dict by tag, each a number that may hold older tangents; derivatives read one key."""

# %% Dual
class Dual:
    """value: primal; tangents: {tag: tangent}, where only the newest tag is split off at a time."""

    def __init__(self, primal, tangent=0.0, tag="hand"):
        self.primal = primal
        self.tangents = {tag: tangent}

    @property
    def tag(self):
        return next(iter(self.tangents))

    @property
    def tangent(self):
        return self.tangents[self.tag]

    def __add__(self, other):
        return _linear(self, other, lambda x, y: x + y, lambda x, y: (1, 1))

    def __sub__(self, other):
        return _linear(self, other, lambda x, y: x - y, lambda x, y: (1, -1))

    def __mul__(self, other):
        return _linear(self, other, lambda x, y: x * y, lambda x, y: (y, x))

    def __truediv__(self, other):
        return _linear(self, other, lambda x, y: x / y, lambda x, y: (1 / y, -x / (y * y)))

    def __pow__(self, other):
        return _linear(self, other, lambda x, y: x**y, _power_slopes(self, other))

    def __radd__(self, other):
        return _linear(other, self, lambda x, y: x + y, lambda x, y: (1, 1))

    def __rsub__(self, other):
        return _linear(other, self, lambda x, y: x - y, lambda x, y: (1, -1))

    def __rmul__(self, other):
        return _linear(other, self, lambda x, y: x * y, lambda x, y: (y, x))

    def __rtruediv__(self, other):
        return _linear(other, self, lambda x, y: x / y, lambda x, y: (1 / y, -x / (y * y)))

    def __rpow__(self, other):
        return _linear(other, self, lambda x, y: x**y, _power_slopes(other, self))

    def __neg__(self):
        return 0 - self

    def __abs__(self):
        return max(self, -self, key=_root)

    def __lt__(self, other):
        return _root(self) < _root(other)

    def __le__(self, other):
        return _root(self) <= _root(other)

    def __gt__(self, other):
        return _root(self) > _root(other)

    def __ge__(self, other):
        return _root(self) >= _root(other)

    def __eq__(self, other):
        return _root(self) == _root(other)

    def __ne__(self, other):
        return _root(self) != _root(other)


_order = {"hand": 0}                          # when each tag was made


def _linear(p, q, operation, slopes):
    tag = max((z.tag for z in (p, q) if isinstance(z, Dual)), key=_order.get)
    own = [isinstance(z, Dual) and z.tag == tag for z in (p, q)]
    x, y = [z.primal if mine else z for z, mine in zip((p, q), own)]
    value, tangent = operation(x, y), 0.0
    for mine, z, slope in zip(own, (p, q), slopes(x, y)):
        if mine:
            tangent = z.tangent * slope + tangent
    return Dual(value, tangent, tag)


def _power_slopes(p, q):
    def slopes(x, y):
        if _root(x) == 0:                     # the few powers of 0 that have a slope
            base = y * x ** (y - 1) if isinstance(p, Dual) and _root(y) >= 1 else 0.0
            return base, 0.0
        base = y * x ** (y - 1) if isinstance(p, Dual) else 0.0
        return base, x**y * _ln(x) if isinstance(q, Dual) else 0.0

    return slopes


def _ln(x):
    return Dual(_ln(x.primal), x.tangent / x.primal, x.tag) if isinstance(x, Dual) else math.log(x)


def _root(x):
    while isinstance(x, Dual):
        x = x.primal
    return x


# %% functions
def elementary(plain):
    """A decorator for the slope: makes the function of it that takes numbers and Duals."""
    def decorate(slope):
        def function(x):
            if isinstance(x, Dual):
                return Dual(function(x.primal), slope(x.primal) * x.tangent, x.tag)
            return plain(x)

        return function

    return decorate


@elementary(math.sin)
def sin(x):
    return cos(x)


@elementary(math.cos)
def cos(x):
    return -sin(x)


@elementary(math.exp)
def exp(x):
    return exp(x)


@elementary(math.log)
def log(x):
    return 1 / x


@elementary(math.sqrt)
def sqrt(x):
    return 1 / (2 * sqrt(x))


@elementary(math.tan)
def tan(x):
    return 1 + tan(x) ** 2


@elementary(math.tanh)
def tanh(x):
    return 1 - tanh(x) ** 2


# %% derivative
def seeded_run(f, xs, seeds):
    tag = object()
    _order[tag] = len(_order)
    y = f(*[Dual(x, s, tag) for x, s in zip(xs, seeds)])
    return y.tangents.get(tag, 0.0) if isinstance(y, Dual) else 0.0


def derivative(f, x):
    return seeded_run(f, (x,), (1,))


# %% gradient
def gradient(f, xs):
    return [seeded_run(f, xs, [int(i == k) for i in range(len(xs))]) for k in range(len(xs))]


# %% newton
def newton(f, x0, tol=1e-12, max_steps=50):
    x = x0
    for count in itertools.count(1):
        if count > max_steps:
            raise RuntimeError(f"{max_steps} steps were not enough")
        slope = seeded_run(f, (x,), (1,))
        try:
            step = f(x) / slope
        except ZeroDivisionError:
            raise RuntimeError("a horizontal tangent") from None
        if not -math.inf < step < math.inf:
            raise RuntimeError("a step into nowhere")
        x = x - step
        if -tol * max(1, abs(x)) <= step <= tol * max(1, abs(x)):
            return x
