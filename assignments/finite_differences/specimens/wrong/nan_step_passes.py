"""The step is tested with h <= 0 only, so that NaN and infinity pass. Noticed by: forward_difference."""

# %% forward_difference
def forward_difference(f, x, h):
    if h <= 0:
        raise ValueError("h must be positive")
    return (f(x + h) - f(x)) / h
