"""The unit round-off is that of float64, whatever the dtype. Noticed by: optimal_step.
Says: much too small for float32
"""

# %% optimal_step
def optimal_step(x, order, dtype):
    if order not in (1, 2):
        raise ValueError("order must be 1 or 2")
    x = dtype(x)
    h = dtype(np.finfo(np.float64).eps ** (1 / (order + 1)) * max(1.0, abs(x)))
    return float((x + h) - x)
