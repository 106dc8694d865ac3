"""A step of NaN passes: only h <= 0 is refused. Noticed by: directional_derivative."""

# %% directional_derivative
def directional_derivative(f, x, v, h):
    if h <= 0:
        raise ValueError("h must be positive")
    if np.shape(v) != np.shape(x):
        raise ValueError("v must have the shape of x")
    return (f(x + h * v) - f(x - h * v)) / (2 * h)
