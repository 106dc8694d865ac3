"""x is moved in place and put back: a read-only x fails. Noticed by: numerical_gradient."""

# %% numerical_gradient
def numerical_gradient(f, x, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    result = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        here = x[index]
        x[index] = here + h
        plus = f(x)
        x[index] = here - h
        minus = f(x)
        x[index] = here
        result[index] = (plus - minus) / (2 * h)
    return result
