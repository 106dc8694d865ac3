"""range(len(x)) works for vectors; a matrix moves row by row, a 0-d array fails. Noticed by: numerical_gradient."""

# %% numerical_gradient
def numerical_gradient(f, x, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    result = np.zeros(x.shape)
    for i in range(len(x)):
        step = np.zeros(x.shape)
        step[i] = h
        result[i] = (f(x + step) - f(x - step)) / (2 * h)
    return result
