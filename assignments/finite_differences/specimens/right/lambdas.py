"""Each function is one lambda; a helper raises inside expressions, and math.frexp makes the step a power of two."""

from functools import reduce


def need(condition, text):
    if not condition:
        raise ValueError(text)
    return True


step_is_good = lambda h: need(h > 0 and h < math.inf, f"h must be positive and finite, not {h}")


# %% forward_difference
forward_difference = lambda f, x, h: step_is_good(h) and (f(x + h) - f(x)) / h

# %% central_difference
central_difference = lambda f, x, h: step_is_good(h) and (f(x + h) - f(x - h)) / (2 * h)

# %% complex_step
complex_step = lambda f, x, h=1e-20: step_is_good(h) and (f(x + 1j * h) / h).imag

# %% richardson
richardson = lambda f, x, h, levels: step_is_good(h) and need(levels >= 1, "levels must be at least 1") and reduce(
    lambda column, k: [(4**k * fine - coarse) / (4**k - 1) for coarse, fine in zip(column, column[1:])],
    range(1, levels),
    [(f(x + s) - f(x - s)) / (2 * s) for s in (math.ldexp(h, -k) for k in range(levels))])[0]

# %% optimal_step
# A power of two on x's grid or coarser is added without rounding, unless x is tiny or x + h crosses
# a power of two: the step that is really made is exact there too.
optimal_step = lambda x, order, dtype: need(order in (1, 2), "order must be 1 or 2") and (
    lambda a: (lambda h: float((a + h) - a))(dtype(math.ldexp(1.0, math.frexp(
        float(np.finfo(dtype).eps) ** (1 / (order + 1)) * max(1.0, abs(float(a))))[1]))))(dtype(x))

# %% numerical_gradient
numerical_gradient = lambda f, x, h: step_is_good(h) and np.array([
    (f(np.where(here, x + h, x)) - f(np.where(here, x - h, x))) / (2 * h)
    for here in np.eye(x.size, dtype=bool).reshape(x.size, *x.shape)], dtype=float).reshape(x.shape)

# %% directional_derivative
directional_derivative = lambda f, x, v, h: step_is_good(h) and need(
    np.shape(v) == np.shape(x), "v must have the shape of x") and float(
    np.dot([f(x + t * v) for t in (h, -h)], [1, -1])) / (2 * h)
