"""Each method is a closure that makes a derivative function first and calls it at once; no helper cell."""

# %% forward_difference
def forward_difference(f, x, h):
    def derivative_with(step):
        if not 0 < step < float("inf"):
            raise ValueError(f"bad step {step}")

        def derivative(at):
            return (f(at + step) - f(at)) / step

        return derivative

    return derivative_with(h)(x)


# %% central_difference
def central_difference(f, x, h):
    if not 0 < h < float("inf"):
        raise ValueError(f"bad step {h}")
    half = lambda sign: f(x + sign * h) / (2 * h)
    return half(+1) - half(-1)


# %% complex_step
def complex_step(f, x, h=1e-20):
    if not 0 < h < float("inf"):
        raise ValueError(f"bad step {h}")
    value = f(complex(x) + complex(0, h))
    return value.imag / h


# %% richardson
def richardson(f, x, h, levels):
    if not 0 < h < float("inf") or levels < 1:
        raise ValueError("bad step or levels")

    def entry(row, column):
        if column == 0:
            step = h / 2**row
            return (f(x + step) - f(x - step)) / (2 * step)
        better, worse = entry(row, column - 1), entry(row - 1, column - 1)
        return (4**column * better - worse) / (4**column - 1)

    return entry(levels - 1, levels - 1)


# %% optimal_step
def optimal_step(x, order, dtype):
    exponents = {1: 0.5, 2: 1 / 3}
    if order not in exponents:
        raise ValueError("order must be 1 or 2")
    at = dtype(x)
    guess = dtype(max(1.0, abs(float(at))) * float(np.finfo(dtype).eps) ** exponents[order])
    moved = dtype(at + guess)
    return dtype(moved - at)


# %% numerical_gradient
def numerical_gradient(f, x, h):
    if not 0 < h < float("inf"):
        raise ValueError(f"bad step {h}")

    def partial(k):
        def at(sign):
            flat = x.flatten()
            flat[k] += sign * h
            return f(flat.reshape(x.shape))

        return (at(+1) - at(-1)) / (2 * h)

    return np.array([partial(k) for k in range(x.size)], dtype=np.float64).reshape(x.shape)


# %% directional_derivative
def directional_derivative(f, x, v, h):
    if not 0 < h < float("inf"):
        raise ValueError(f"bad step {h}")
    if v.shape != x.shape:
        raise ValueError("shapes differ")
    along = lambda t: f(x + t * v)
    return (along(h) - along(-h)) / (h + h)
