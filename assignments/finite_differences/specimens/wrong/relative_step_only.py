"""The step is proportional to x, and so 0 at 0. Noticed by: optimal_step."""

# %% optimal_step
def optimal_step(x, order, dtype):
    if order not in (1, 2):
        raise ValueError("order must be 1 or 2")
    x = dtype(x)
    h = dtype(np.finfo(dtype).eps ** (1 / (order + 1)) * abs(x))
    return float((x + h) - x)
