"""Values and steps become exact Fractions; Richardson is one sum with Lagrange's weights, and only the end is a float."""

from fractions import Fraction


def exact(value):
    return Fraction(float(value))


def positive(h):
    try:
        step = exact(h)
    except (ValueError, OverflowError):  # NaN and infinity are no fractions
        raise ValueError(f"h must be finite, not {h}") from None
    if step <= 0:
        raise ValueError(f"h must be positive, not {h}")
    return step


# %% forward_difference
def forward_difference(f, x, h):
    step = positive(h)
    return float((exact(f(x + h)) - exact(f(x))) / step)


# %% central_difference
def central_difference(f, x, h):
    step = positive(h)
    return float((exact(f(x + h)) - exact(f(x - h))) / (2 * step))


# %% complex_step
def complex_step(f, x, h=1e-20):
    step = positive(h)
    return float(exact(f(complex(x, h)).imag) / step)


# %% richardson
def richardson(f, x, h, levels):
    step = positive(h)
    if levels < 1:
        raise ValueError(f"levels must be at least 1, not {levels}")
    total = Fraction(0)
    for i in range(levels):
        weight = Fraction(1)
        for j in range(levels):
            if j != i:
                weight *= 1 / (1 - Fraction(4) ** (j - i))
        s = h / 2**i
        total += weight * (exact(f(x + s)) - exact(f(x - s))) / (2 * step / 2**i)
    return float(total)


# %% optimal_step
def optimal_step(x, order, dtype):
    if order not in (1, 2):
        raise ValueError(f"order must be 1 or 2, not {order}")
    x = dtype(x)
    wanted = exact(np.finfo(dtype).eps) ** (1 / (order + 1)) * max(1.0, abs(float(x)))
    h = dtype(wanted)
    while (x + h) - x != h:
        h = (x + h) - x
    return h.item()


# %% numerical_gradient
def numerical_gradient(f, x, h):
    width = 2 * positive(h)
    result = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += h
        down[index] -= h
        result[index] = (exact(f(up)) - exact(f(down))) / width
    return result


# %% directional_derivative
def directional_derivative(f, x, v, h):
    width = 2 * positive(h)
    if x.shape != v.shape:
        raise ValueError(f"v must have the shape of x, {x.shape}; it has {v.shape}")
    return float((exact(f(x + h * v)) - exact(f(x - h * v))) / width)
