"""f(x) is computed as well, and never needed. Noticed by: numerical_gradient.
Says: two calls a coordinate, at x + h e and at x - h e, are enough ✓ direct
"""

# %% numerical_gradient
def numerical_gradient(f, x, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    base = f(x)
    result = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        result[index] = ((f(x + step) - base) - (f(x - step) - base)) / (2 * h)
    return result
