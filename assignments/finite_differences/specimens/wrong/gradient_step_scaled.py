"""The step is multiplied by max(1, abs(x)) for each coordinate, though h is given. Noticed by: numerical_gradient."""

# %% numerical_gradient
def numerical_gradient(f, x, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    result = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h * max(1.0, abs(x[index]))
        result[index] = (f(x + step) - f(x - step)) / (2 * step[index])
    return result
