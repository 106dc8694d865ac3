"""A forward difference along v. Noticed by: directional_derivative.
Says: this is the forward difference
"""

# %% directional_derivative
def directional_derivative(f, x, v, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    if np.shape(v) != np.shape(x):
        raise ValueError("v must have the shape of x")
    return (f(x + h * v) - f(x)) / h
