"""x itself is moved and left shifted by h in every coordinate. Noticed by: numerical_gradient.
Says: each element stays moved while the next one moves
"""

# %% numerical_gradient
def numerical_gradient(f, x, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    result = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        x[index] += h
        plus = f(x)
        x[index] -= 2 * h
        result[index] = (plus - f(x)) / (2 * h)
    return result
