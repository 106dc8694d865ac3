"""The points are x ± h/2 and the width h: a fine method, but not the one asked for. Noticed by: central_difference.
Says: the points lie h/2 away
"""

# %% central_difference
def central_difference(f, x, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    return (f(x + h / 2) - f(x - h / 2)) / h
