"""Closures pull the grad back; the order comes from a depth-first walk with explicit iterators."""

# %% Var
class Var:
    __array_ufunc__ = None

    def __init__(self, value, parents=(), pull=None):
        self.value, self.grad = float(value), 0.0
        self._parents, self._pull = tuple(parents), pull

    def __add__(self, other):
        other = other if isinstance(other, Var) else Var(other)
        out = Var(self.value + other.value, (self, other))

        def pull():
            self.grad += out.grad
            other.grad += out.grad

        out._pull = pull
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Var) else Var(other)
        out = Var(self.value * other.value, (self, other))

        def pull():
            self.grad += other.value * out.grad
            other.grad += self.value * out.grad

        out._pull = pull
        return out

    def __pow__(self, other):
        if not isinstance(other, Var):
            out = Var(self.value ** other, (self,))

            def pull():
                if other != 0:
                    self.grad += other * self.value ** (other - 1) * out.grad
        else:
            out = Var(self.value ** other.value, (self, other))

            def pull():
                self.grad += other.value * self.value ** (other.value - 1) * out.grad
                if self.value != 0:
                    other.grad += out.value * math.log(self.value) * out.grad

        out._pull = pull
        return out

    def __rpow__(self, base):
        out = Var(base ** self.value, (self,))

        def pull():
            if base:
                self.grad += math.log(base) * out.value * out.grad

        out._pull = pull
        return out

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return other + -self

    def __truediv__(self, other):
        return self * other ** -1.0

    def __rtruediv__(self, other):
        return other * self ** -1

    __radd__, __rmul__ = __add__, __mul__


# %% functions
def _unary(value, slope):
    def function(x):
        if not isinstance(x, Var):
            return value(x)
        out = Var(value(x.value), (x,))

        def pull():
            x.grad += slope(x.value, out.value) * out.grad

        out._pull = pull
        return out

    return function


sin = _unary(math.sin, lambda x, y: math.cos(x))
cos = _unary(math.cos, lambda x, y: -math.sin(x))
exp = _unary(math.exp, lambda x, y: y)
log = _unary(math.log, lambda x, y: 1 / x)
tanh = _unary(math.tanh, lambda x, y: 1 / math.cosh(x) ** 2)


# %% backward
def backward(out):
    order, seen = [], {id(out)}
    stack = [(out, iter(out._parents))]
    while stack:
        v, parents = stack[-1]
        for p in parents:
            if id(p) not in seen:
                seen.add(id(p))
                stack.append((p, iter(p._parents)))
                break
        else:
            order.append(v)
            stack.pop()
    for v in order:
        v.grad = 0.0
    out.grad = 1.0
    for v in reversed(order):
        if v._pull is not None:
            v._pull()


# %% grad
def grad(f, argnums=0):
    many = isinstance(argnums, tuple)
    wanted = argnums if many else (argnums,)

    def gradient(*args):
        args = list(args)
        for k in wanted:
            args[k] = Var(args[k])
        out = f(*args)
        if isinstance(out, Var):
            backward(out)
        result = tuple(args[k].grad for k in wanted)
        return result if many else result[0]

    return gradient


# %% value_and_grad
def value_and_grad(f, argnums=0):
    def both(*args):
        kept = []

        def watched(*inputs):
            kept.append(f(*inputs))
            return kept[0]

        slopes = grad(watched, argnums)(*args)
        return getattr(kept[0], "value", kept[0]), slopes

    return both
