"""The difference looks backward, to x - h. Noticed by: forward_difference.
Says: this is the backward difference
"""

# %% forward_difference
def forward_difference(f, x, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    return (f(x) - f(x - h)) / h
