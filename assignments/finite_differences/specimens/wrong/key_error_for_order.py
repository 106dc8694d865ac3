"""An unknown order ends in a KeyError, not in a ValueError. Noticed by: optimal_step."""

# %% optimal_step
def optimal_step(x, order, dtype):
    exponent = {1: 1 / 2, 2: 1 / 3}[order]
    x = dtype(x)
    h = dtype(np.finfo(dtype).eps ** exponent * max(1.0, abs(x)))
    return float((x + h) - x)
