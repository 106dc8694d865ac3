"""Infinity passes: only the sign of h and NaN are tested. Noticed by: central_difference."""

# %% central_difference
def central_difference(f, x, h):
    if math.isnan(h) or h <= 0:
        raise ValueError("h must be positive and finite")
    return (f(x + h) - f(x - h)) / (2 * h)
