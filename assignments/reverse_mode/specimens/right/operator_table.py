"""Operators come from a table of values and slopes; the slopes are computed on the way back only."""

import operator

TABLE = {
    "add": (operator.add, lambda x, y, z: (1.0, 1.0)),
    "sub": (operator.sub, lambda x, y, z: (1.0, -1.0)),
    "mul": (operator.mul, lambda x, y, z: (y, x)),
    "truediv": (operator.truediv, lambda x, y, z: (1 / y, -z / y)),
    "pow": (operator.pow, lambda x, y, z: (0.0 if y == 0 else y * x ** (y - 1), 0.0 if x <= 0 else z * math.log(x))),
    "neg": (operator.neg, lambda x, z: (-1.0,)),
    "sin": (math.sin, lambda x, z: (math.cos(x),)),
    "cos": (math.cos, lambda x, z: (-math.sin(x),)),
    "exp": (math.exp, lambda x, z: (z,)),
    "log": (math.log, lambda x, z: (1 / x,)),
    "tanh": (math.tanh, lambda x, z: (1 - z**2,)),
}


# %% Var
class Var:
    __array_ufunc__ = None

    def __init__(self, value):
        self.value = value
        self.grad = 0.0
        self.name, self.operands = None, ()

    def __neg__(self):
        return record("neg", self)


def raw(x):
    return x.value if isinstance(x, Var) else x


def record(name, *operands):
    out = Var(TABLE[name][0](*map(raw, operands)))
    out.name, out.operands = name, operands
    return out


for _name in ("add", "sub", "mul", "truediv", "pow"):
    setattr(Var, f"__{_name}__", lambda self, other, name=_name: record(name, self, other))
    setattr(Var, f"__r{_name}__", lambda self, other, name=_name: record(name, other, self))


# %% functions
def _function(name):
    return lambda x: record(name, x) if isinstance(x, Var) else TABLE[name][0](x)


sin, cos, exp, log, tanh = map(_function, ("sin", "cos", "exp", "log", "tanh"))


# %% backward
def backward(out):
    uses, waiting = {out: 0}, [out]
    while waiting:
        for v in waiting.pop().operands:
            if isinstance(v, Var):
                if v not in uses:
                    uses[v] = 0
                    waiting.append(v)
                uses[v] += 1
    for v in uses:
        v.grad = 0.0
    out.grad = 1.0
    ready = [out]
    while ready:
        v = ready.pop()
        if v.name is None:
            continue
        slopes = TABLE[v.name][1](*map(raw, v.operands), v.value)
        for w, slope in zip(v.operands, slopes):
            if isinstance(w, Var):
                w.grad += v.grad * slope
                uses[w] -= 1
                if not uses[w]:
                    ready.append(w)


# %% grad
def grad(f, argnums=0):
    g = value_and_slopes(f, argnums)
    return lambda *args: g(*args)[1]


def value_and_slopes(f, argnums):
    def g(*args):
        xs = list(args)
        for k in np.atleast_1d(argnums):
            xs[k] = Var(args[k])
        y = f(*xs)
        if isinstance(y, Var):
            backward(y)
        if isinstance(argnums, int):
            return raw(y), xs[argnums].grad
        return raw(y), tuple(xs[k].grad for k in argnums)
    return g


# %% value_and_grad
def value_and_grad(f, argnums=0):
    return value_and_slopes(f, argnums)
