"""The step is fitted to float64 numbers even where the dtype is float32. Noticed by: optimal_step.
Says: x + h is rounded
"""

# %% optimal_step
def optimal_step(x, order, dtype):
    if order not in (1, 2):
        raise ValueError("order must be 1 or 2")
    x = float(x)
    h = float(np.finfo(dtype).eps ** (1 / (order + 1)) * max(1.0, abs(x)))
    return (x + h) - x
