"""The square root is used for both orders. Noticed by: optimal_step.
Says: the exponent is that of the other order
"""

# %% optimal_step
def optimal_step(x, order, dtype):
    if order not in (1, 2):
        raise ValueError("order must be 1 or 2")
    x = dtype(x)
    h = dtype(np.sqrt(np.finfo(dtype).eps) * max(1.0, abs(x)))
    return float((x + h) - x)
