"""The central difference at the smallest step is returned. Noticed by: richardson."""

# %% richardson
def richardson(f, x, h, levels):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    if levels < 1:
        raise ValueError("levels must be at least 1")
    h = h / 2 ** (levels - 1)
    return (f(x + h) - f(x - h)) / (2 * h)
