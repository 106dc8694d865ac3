"""The given h is replaced by one below the unit round-off. Noticed by: forward_difference.
Says: the order tells the method
"""

# %% forward_difference
def forward_difference(f, x, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    h = 1e-17
    return (f(x + h) - f(x)) / h
