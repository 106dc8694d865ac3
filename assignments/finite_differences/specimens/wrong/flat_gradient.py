"""The gradient comes back flat. Noticed by: numerical_gradient.
Says: the result must have the shape of x, ()
"""

# %% numerical_gradient
def numerical_gradient(f, x, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    result = np.zeros(x.size)
    for i, index in enumerate(np.ndindex(x.shape)):
        step = np.zeros(x.shape)
        step[index] = h
        result[i] = (f(x + step) - f(x - step)) / (2 * h)
    return result
