"""The functions are instances of classes with __call__, bound to the asked names."""


class Method:
    """Validate the step, then let the subclass work."""

    def __call__(self, f, x, h, *rest):
        if h != h or h in (float("inf"), float("-inf")) or h <= 0:
            raise ValueError(f"no step: {h!r}")
        return self.work(f, x, h, *rest)


# %% forward_difference
class _Forward(Method):
    def work(self, f, x, h):
        return (f(x + h) - f(x)) / h


forward_difference = _Forward()


# %% central_difference
class _Central(Method):
    def work(self, f, x, h):
        return (f(x + h) - f(x - h)) / h / 2


central_difference = _Central()


# %% complex_step
class _Complex(Method):
    def __call__(self, f, x, h=1e-20):
        return super().__call__(f, x, h)

    def work(self, f, x, h):
        return f(x + h * 1j).imag / h


complex_step = _Complex()


# %% richardson
class _Richardson(Method):
    def work(self, f, x, h, levels):
        if levels < 1:
            raise ValueError("levels")
        table = {(0, 0): central_difference(f, x, h)}
        for i in range(1, levels):
            table[i, 0] = central_difference(f, x, h / 2**i)
            for j in range(1, i + 1):
                table[i, j] = table[i, j - 1] + (table[i, j - 1] - table[i - 1, j - 1]) / (4**j - 1)
        return table[levels - 1, levels - 1]


richardson = _Richardson()


# %% optimal_step
def optimal_step(x, order, dtype):
    try:
        power = {1: 1 / 2, 2: 1 / 3}[order]
    except KeyError:
        raise ValueError("order") from None
    a = dtype(x)
    b = a + dtype(np.finfo(dtype).eps ** power * max(1.0, abs(a)))
    return b - a


# %% numerical_gradient
class _Gradient(Method):
    def work(self, f, x, h):
        gradient = np.zeros_like(x, dtype=np.float64)
        for i in np.ndindex(*x.shape):
            plus, minus = np.array(x), np.array(x)
            plus[i], minus[i] = x[i] + h, x[i] - h
            gradient[i] = central_difference(lambda t: f(plus if t > 0 else minus), 0.0, h)
        return gradient


numerical_gradient = _Gradient()


# %% directional_derivative
class _Along(Method):
    def __call__(self, f, x, v, h):
        if np.shape(v) != np.shape(x):
            raise ValueError("shapes")
        self.v = v
        return super().__call__(f, x, h)

    def work(self, f, x, h):
        return central_difference(lambda t: f(x + t * self.v), 0, h)


directional_derivative = _Along()
