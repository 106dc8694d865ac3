"""Each operation is a subclass of Var that knows its rule; the order is made by a generator."""

# %% Var
class Var:
    __array_ufunc__ = None
    operands = ()

    def __init__(self, value):
        self.value, self.grad = value, 0.0

    def slopes(self):
        return ()

    def __add__(self, other): return Add(self, other)
    def __radd__(self, other): return Add(other, self)
    def __sub__(self, other): return Add(self, Mul(other, -1))
    def __rsub__(self, other): return Add(other, Mul(self, -1))
    def __mul__(self, other): return Mul(self, other)
    def __rmul__(self, other): return Mul(other, self)
    def __truediv__(self, other): return Div(self, other)
    def __rtruediv__(self, other): return Div(other, self)
    def __pow__(self, other): return Pow(self, other)
    def __rpow__(self, other): return Pow(other, self)
    def __neg__(self): return Mul(-1, self)


class Operation(Var):
    def __init__(self, *operands):
        self.operands = [v if isinstance(v, Var) else Constant(v) for v in operands]
        super().__init__(self.compute(*[v.value for v in self.operands]))


class Constant(Var):
    pass


class Add(Operation):
    def compute(self, x, y): return x + y
    def slopes(self): return 1.0, 1.0


class Mul(Operation):
    def compute(self, x, y): return x * y
    def slopes(self): return self.operands[1].value, self.operands[0].value


class Div(Operation):
    def compute(self, x, y): return x / y
    def slopes(self): return 1 / self.operands[1].value, -self.value / self.operands[1].value


class Pow(Operation):
    def compute(self, x, y): return x**y

    def slopes(self):
        base, exponent = self.operands
        x, y = base.value, exponent.value
        along = 0.0 if isinstance(exponent, Constant) or x == 0 else self.value * math.log(x)
        return (0.0 if y == 0 else y * x ** (y - 1)), along


# %% functions
class Sin(Operation):
    def compute(self, x): return math.sin(x)
    def slopes(self): return (math.cos(self.operands[0].value),)


class Cos(Operation):
    def compute(self, x): return math.cos(x)
    def slopes(self): return (-math.sin(self.operands[0].value),)


class Exp(Operation):
    def compute(self, x): return math.exp(x)
    def slopes(self): return (self.value,)


class Log(Operation):
    def compute(self, x): return math.log(x)
    def slopes(self): return (1 / self.operands[0].value,)


class Tanh(Operation):
    def compute(self, x): return math.tanh(x)
    def slopes(self): return (1 - self.value**2,)


def sin(x): return Sin(x) if isinstance(x, Var) else math.sin(x)
def cos(x): return Cos(x) if isinstance(x, Var) else math.cos(x)
def exp(x): return Exp(x) if isinstance(x, Var) else math.exp(x)
def log(x): return Log(x) if isinstance(x, Var) else math.log(x)
def tanh(x): return Tanh(x) if isinstance(x, Var) else math.tanh(x)


# %% backward
def users_first(out):
    """Yield each Var after all that was computed from it."""
    uses, stack = {id(out): 1}, [out]
    while stack:
        for v in stack.pop().operands:
            uses[id(v)] = uses.get(id(v), 0) + 1
            if uses[id(v)] == 1:
                stack.append(v)
    stack = [out]
    while stack:
        v = stack.pop()
        uses[id(v)] -= 1
        if uses[id(v)] == 0:
            yield v
            stack += v.operands


def backward(out):
    order = list(users_first(out))
    for v in order:
        v.grad = 0.0
    order[0].grad = 1.0
    for v in order:
        for operand, slope in zip(v.operands, v.slopes()):
            operand.grad += v.grad * slope


# %% grad
def grad(f, argnums=0):
    if isinstance(argnums, int):
        several = grad(f, (argnums,))
        return lambda *args: several(*args)[0]

    def gradient(*args):
        inputs = [Var(x) if k in argnums else x for k, x in enumerate(args)]
        out = f(*inputs)
        if isinstance(out, Var):
            backward(out)
        return tuple(inputs[k].grad for k in argnums)

    return gradient


# %% value_and_grad
def value_and_grad(f, argnums=0):
    places = argnums if isinstance(argnums, tuple) else (argnums,)

    def both(*args):
        inputs = [Var(x) if k in places else x for k, x in enumerate(args)]
        out = f(*inputs)
        out = out if isinstance(out, Var) else Var(out)
        backward(out)
        slopes = tuple(inputs[k].grad for k in places)
        return out.value, slopes if places is argnums else slopes[0]

    return both
