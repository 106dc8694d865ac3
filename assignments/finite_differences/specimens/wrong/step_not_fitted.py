"""The formula is right, but x + h is rounded: the step made is another one. Noticed by: optimal_step.
Says: x + h is rounded
"""

# %% optimal_step
def optimal_step(x, order, dtype):
    if order not in (1, 2):
        raise ValueError("order must be 1 or 2")
    return float(np.finfo(dtype).eps ** (1 / (order + 1)) * max(1.0, abs(float(x))))
