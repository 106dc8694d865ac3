"""More than five levels are ignored. Noticed by: richardson.
Says: one level too few ✓ optimal_step
"""

# %% richardson
def richardson(f, x, h, levels):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    if levels < 1:
        raise ValueError("levels must be at least 1")
    levels = min(levels, 5)
    column = [(f(x + s) - f(x - s)) / (2 * s) for s in (h / 2**k for k in range(levels))]
    for k in range(1, levels):
        column = [b + (b - a) / (4**k - 1) for a, b in zip(column, column[1:])]
    return column[0]
