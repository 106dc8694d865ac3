"""The last coordinate gets a forward difference. Noticed by: numerical_gradient.
Says: only the element at index
"""

# %% numerical_gradient
def numerical_gradient(f, x, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    result = np.zeros(x.shape)
    indices = list(np.ndindex(x.shape))
    for index in indices:
        step = np.zeros(x.shape)
        step[index] = h
        if index == indices[-1]:
            result[index] = (f(x + step) - f(x)) / h
        else:
            result[index] = (f(x + step) - f(x - step)) / (2 * h)
    return result
