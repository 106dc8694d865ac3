"""The table is updated in place from the front, so that new values stand in for old ones. Noticed by: richardson."""

# %% richardson
def richardson(f, x, h, levels):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    if levels < 1:
        raise ValueError("levels must be at least 1")
    table = [(f(x + s) - f(x - s)) / (2 * s) for s in (h / 2**k for k in range(levels))]
    for k in range(1, levels):
        for i in range(k, levels):
            table[i] = table[i] + (table[i] - table[i - 1]) / (4**k - 1)
    return table[-1]
