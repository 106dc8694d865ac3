"""The difference is divided by h twice. Noticed by: forward_difference."""

# %% forward_difference
def forward_difference(f, x, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    slope = (f(x + h) - f(x)) / h
    return slope / h
