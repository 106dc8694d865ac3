"""Bad steps end in an AssertionError, not in a ValueError. Noticed by: central_difference."""

# %% central_difference
def central_difference(f, x, h):
    assert math.isfinite(h) and h > 0, "h must be positive and finite"
    return (f(x + h) - f(x - h)) / (2 * h)
