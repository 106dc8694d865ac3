"""The step does not grow with x. Noticed by: optimal_step.
Says: the step does not grow with x
"""

# %% optimal_step
def optimal_step(x, order, dtype):
    if order not in (1, 2):
        raise ValueError("order must be 1 or 2")
    x = dtype(x)
    h = dtype(np.finfo(dtype).eps ** (1 / (order + 1)))
    return float((x + h) - x)
