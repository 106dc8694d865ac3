"""The two values are subtracted the wrong way round. Noticed by: forward_difference.
Says: the sign is wrong
"""

# %% forward_difference
def forward_difference(f, x, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    return (f(x) - f(x + h)) / h
