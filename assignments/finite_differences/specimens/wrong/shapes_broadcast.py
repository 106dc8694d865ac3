"""A v of another shape is broadcast without a word. Noticed by: directional_derivative."""

# %% directional_derivative
def directional_derivative(f, x, v, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    return (f(x + h * v) - f(x - h * v)) / (2 * h)
