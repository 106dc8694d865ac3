"""v is scaled in place. Noticed by: directional_derivative.
Says: work on a copy
"""

# %% directional_derivative
def directional_derivative(f, x, v, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    if np.shape(v) != np.shape(x):
        raise ValueError("v must have the shape of x")
    v *= h
    return (f(x + v) - f(x - v)) / (2 * h)
