"""The step is multiplied by max(1, abs(x)), though h is given. Noticed by: central_difference."""

# %% central_difference
def central_difference(f, x, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    h = h * max(1.0, abs(x))
    return (f(x + h) - f(x - h)) / (2 * h)
