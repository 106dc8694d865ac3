"""An order of 3 is taken as it comes. Noticed by: optimal_step."""

# %% optimal_step
def optimal_step(x, order, dtype):
    if order <= 0:
        raise ValueError("order must be positive")
    x = dtype(x)
    h = dtype(np.finfo(dtype).eps ** (1 / (order + 1)) * max(1.0, abs(x)))
    return float((x + h) - x)
