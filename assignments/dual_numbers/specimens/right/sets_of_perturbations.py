"""A number is a dict from sets of ε to coefficients, so that products of several ε need no nesting of objects."""

# %% Dual
class Dual:
    def __init__(self, primal, tangent=0.0, terms=None):
        self.terms = {frozenset(): primal, frozenset([0]): tangent} if terms is None else terms

    @property
    def primal(self):
        return self.terms[frozenset()]

    @property
    def tangent(self):
        return self.terms.get(frozenset([0]), 0.0)

    def __add__(self, other):
        terms = dict(self.terms)
        for key, c in _terms(other).items():
            terms[key] = terms.get(key, 0.0) + c
        return _made(terms)

    def __mul__(self, other):
        terms = {}
        for key, c in self.terms.items():
            for more, d in _terms(other).items():
                if not key & more:                       # ε² = 0
                    terms[key | more] = terms.get(key | more, 0.0) + c * d
        return _made(terms)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return _made({key: -c for key, c in self.terms.items()})

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * (_inverse(other) if isinstance(other, Dual) else 1 / other)

    def __rtruediv__(self, other):
        return _inverse(self) * other

    def __pow__(self, other):
        if isinstance(other, Dual):
            if self.primal == 0:
                return Dual(0.0)
            return exp(log(self) * other)
        if other in (0, 1, 2, 3):
            return math.prod([self] * int(other), start=Dual(1.0))
        return _apply(self, lambda x: x**other, lambda x: other * x ** (other - 1))

    def __rpow__(self, other):
        return exp(self * math.log(other)) if other else Dual(0.0)

    def __abs__(self):
        return self if self.primal > 0 else -self

    def __lt__(self, other):
        return self.primal < _terms(other)[frozenset()]

    def __le__(self, other):
        return self.primal <= _terms(other)[frozenset()]

    def __gt__(self, other):
        return self.primal > _terms(other)[frozenset()]

    def __ge__(self, other):
        return self.primal >= _terms(other)[frozenset()]

    def __eq__(self, other):
        return self.primal == _terms(other)[frozenset()]


def _made(terms):
    return Dual(None, None, terms)


def _terms(x):
    return x.terms if isinstance(x, Dual) else {frozenset(): x}


def _split(x, tag):
    """x = p + q ε: p and q have no ε of this tag."""
    p = {key: c for key, c in x.terms.items() if tag not in key}
    q = {key - {tag}: c for key, c in x.terms.items() if tag in key}
    return _made(p), _made({frozenset(): 0.0} | q)


def _apply(x, f, slope):
    """f(p + q ε) = f(p) + f'(p) q ε, one ε after the other."""
    tags = frozenset().union(*x.terms)
    if not tags:
        return _made({frozenset(): f(x.primal)})
    tag = max(tags)
    p, q = _split(x, tag)
    outer = slope(p) * q
    return _apply(p, f, slope) + _made({key | {tag}: c for key, c in outer.terms.items()} | {frozenset(): 0.0})


def _inverse(x):
    return _apply(x, lambda p: 1 / p, lambda p: -1 * _inverse(p) * _inverse(p))


def exp(x):
    return _apply(x, math.exp, exp) if isinstance(x, Dual) else math.exp(x)


def log(x):
    return _apply(x, math.log, lambda p: 1 / p) if isinstance(x, Dual) else math.log(x)


# %% functions
def exp(x):
    return _apply(x, math.exp, exp) if isinstance(x, Dual) else math.exp(x)


def log(x):
    return _apply(x, math.log, lambda p: 1 / p) if isinstance(x, Dual) else math.log(x)


def sin(x):
    return _apply(x, math.sin, cos) if isinstance(x, Dual) else math.sin(x)


def cos(x):
    return _apply(x, math.cos, lambda p: -sin(p)) if isinstance(x, Dual) else math.cos(x)


def tan(x):
    return _apply(x, math.tan, lambda p: 1 + tan(p) * tan(p)) if isinstance(x, Dual) else math.tan(x)


def sqrt(x):
    return _apply(x, math.sqrt, lambda p: 0.5 / sqrt(p)) if isinstance(x, Dual) else math.sqrt(x)


def tanh(x):
    return _apply(x, math.tanh, lambda p: 1 - tanh(p) * tanh(p)) if isinstance(x, Dual) else math.tanh(x)


# %% derivative
_tags = itertools.count(1)


def _seeded(x, seed, tag):
    return x + _made({frozenset(): 0.0, frozenset([tag]): seed})


def _read(y, tag):
    if not isinstance(y, Dual):
        return 0.0
    slope = _split(y, tag)[1]
    return slope if len(slope.terms) > 1 else slope.primal


def derivative(f, x):
    tag = next(_tags)
    return _read(f(_seeded(x, 1.0, tag)), tag)


# %% gradient
def gradient(f, xs):
    tag, slopes = next(_tags), []
    for k in range(len(xs)):
        args = [_seeded(x, float(j == k), tag) for j, x in enumerate(xs)]
        slopes.append(_read(f(*args), tag))
    return slopes


# %% newton
def newton(f, x0, tol=1e-12, max_steps=50):
    x = x0
    for left in reversed(range(max_steps)):
        slope = derivative(f, x)
        step = f(x) / slope if slope != 0 else math.nan
        if not math.isfinite(step):
            break
        x -= step
        if abs(step) <= tol * max(1, abs(x)):
            return x
    raise RuntimeError(f"gave up at x = {x} with {left} steps left")
