"""All results are NumPy scalars or 0-d arrays; steps are powers of two where a choice is free."""

# %% forward_difference
def forward_difference(f, x, h):
    h = np.float64(h)
    if not np.isfinite(h) or np.signbit(h) or h == 0:
        raise ValueError("h must be positive and finite")
    return np.asarray(np.divide(np.subtract(f(np.float64(x) + h), f(np.float64(x))), h))


# %% central_difference
def central_difference(f, x, h):
    h = np.float64(h)
    if not np.isfinite(h) or np.signbit(h) or h == 0:
        raise ValueError("h must be positive and finite")
    points = np.float64(x) + h * np.array([1.0, -1.0])
    return np.array(np.dot([f(p) for p in points], [0.5, -0.5]) / h)


# %% complex_step
def complex_step(f, x, h=1e-20):
    h = np.float64(h)
    if not np.isfinite(h) or np.signbit(h) or h == 0:
        raise ValueError("h must be positive and finite")
    return np.imag(f(np.array(x + 1j * h))) / h


# %% richardson
def richardson(f, x, h, levels):
    h = np.float64(h)
    if not np.isfinite(h) or h <= 0:
        raise ValueError("h must be positive and finite")
    if levels < 1:
        raise ValueError("there must be a level")
    steps = h / 2.0 ** np.arange(levels)
    column = np.array([f(x + s) - f(x - s) for s in steps]) / (2 * steps)
    power = 4.0
    while column.size > 1:
        column = (power * column[1:] - column[:-1]) / (power - 1)
        power *= 4
    return column[0]


# %% optimal_step
def optimal_step(x, order, dtype):
    if order not in (1, 2):
        raise ValueError("order must be 1 or 2")
    x = dtype(x)
    size = np.finfo(dtype).eps ** (1 / (order + 1)) * max(1, abs(x))
    h = dtype(2.0 ** np.round(np.log2(float(size))))
    return np.asarray((x + h) - x)


# %% numerical_gradient
def numerical_gradient(f, x, h):
    if not np.isfinite(h) or h <= 0:
        raise ValueError("h must be positive and finite")
    result = np.full(x.shape, np.nan)
    it = np.nditer(x, flags=["multi_index", "zerosize_ok"])
    for _ in it:
        mask = np.zeros(x.shape)
        mask[it.multi_index] = 1.0
        result[it.multi_index] = (f(x + h * mask) - f(x - h * mask)) / (2 * h)
    return result


# %% directional_derivative
def directional_derivative(f, x, v, h):
    if not np.isfinite(h) or h <= 0:
        raise ValueError("h must be positive and finite")
    if x.shape != v.shape:
        raise ValueError("x and v must match")
    return np.asarray((f(x + h * v) - f(x - h * v)) / (2 * h))
