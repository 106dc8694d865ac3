"""f(x) is computed as well: three calls. Noticed by: directional_derivative."""

# %% directional_derivative
def directional_derivative(f, x, v, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    if np.shape(v) != np.shape(x):
        raise ValueError("v must have the shape of x")
    base = f(x)
    return ((f(x + h * v) - base) + (base - f(x - h * v))) / (2 * h)
