"""Richardson is polynomial interpolation in h² at 0, by Neville's scheme in place; loops over flat indices."""

# %% forward_difference
def forward_difference(f, x, h):
    if math.isnan(h) or math.isinf(h) or h <= 0:
        raise ValueError("h")
    here = f(x)
    there = f(x + h)
    return there / h - here / h


# %% central_difference
def central_difference(f, x, h):
    if math.isnan(h) or math.isinf(h) or h <= 0:
        raise ValueError("h")
    left, right = (f(x + s) for s in (-h, h))
    return 0.5 * (right - left) / h


# %% complex_step
def complex_step(f, x, h=1e-20):
    if math.isnan(h) or math.isinf(h) or h <= 0:
        raise ValueError("h")
    return -(1j * f(x + h * 1j) / h).real


# %% richardson
def richardson(f, x, h, levels):
    if math.isnan(h) or math.isinf(h) or h <= 0 or levels <= 0:
        raise ValueError("h or levels")
    steps = [h * 0.5**k for k in range(levels)]
    nodes = [s * s for s in steps]
    values = [(f(x + s) - f(x - s)) / (2 * s) for s in steps]
    for gap in range(1, levels):
        for i in range(levels - gap):
            a, b = nodes[i], nodes[i + gap]
            values[i] = (a * values[i + 1] - b * values[i]) / (a - b)
    return values[0]


# %% optimal_step
def optimal_step(x, order, dtype):
    if order != 1 and order != 2:
        raise ValueError("order")
    x = dtype(x)
    target = np.finfo(dtype).eps ** (1.0 / (order + 1.0)) * max(1.0, abs(float(x)))
    beyond = np.nextafter(dtype(x + dtype(target)), dtype(np.inf), dtype=dtype)
    h = beyond - x  # rounded where abs(x) is as small as h, so fit once more
    return float((x + h) - x)


# %% numerical_gradient
def numerical_gradient(f, x, h):
    if math.isnan(h) or math.isinf(h) or h <= 0:
        raise ValueError("h")
    out = np.zeros(x.size)
    base = np.ravel(x)
    for i in range(x.size):
        up, down = base.copy(), base.copy()
        up[i] += h
        down[i] -= h
        out[i] = (f(up.reshape(x.shape)) - f(down.reshape(x.shape))) / (2 * h)
    return out.reshape(x.shape)


# %% directional_derivative
def directional_derivative(f, x, v, h):
    if math.isnan(h) or math.isinf(h) or h <= 0 or v.shape != x.shape:
        raise ValueError("h or v")
    step = np.multiply(h, v)
    return float(f(np.add(x, step)) - f(np.subtract(x, step))) / (2.0 * h)
