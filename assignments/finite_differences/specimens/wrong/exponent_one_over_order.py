"""The exponent is 1/order, not 1/(order + 1). Noticed by: optimal_step.
Says: much too small for float32
"""

# %% optimal_step
def optimal_step(x, order, dtype):
    if order not in (1, 2):
        raise ValueError("order must be 1 or 2")
    x = dtype(x)
    h = dtype(np.finfo(dtype).eps ** (1 / order) * max(1.0, abs(x)))
    return float((x + h) - x)
