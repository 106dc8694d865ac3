"""v is divided by its length. Noticed by: directional_derivative.
Says: v was normalised
"""

# %% directional_derivative
def directional_derivative(f, x, v, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    if np.shape(v) != np.shape(x):
        raise ValueError("v must have the shape of x")
    v = v / np.sqrt(np.sum(v * v))
    return (f(x + h * v) - f(x - h * v)) / (2 * h)
