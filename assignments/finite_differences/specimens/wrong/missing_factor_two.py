"""The central difference is divided by h instead of 2 h. Noticed by: central_difference.
Says: divided by h where it should be 2 h
"""

# %% central_difference
def central_difference(f, x, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    return (f(x + h) - f(x - h)) / h
