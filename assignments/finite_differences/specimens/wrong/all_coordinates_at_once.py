"""Every element moves at the same time. Noticed by: numerical_gradient.
Says: every element moves at the same time
"""

# %% numerical_gradient
def numerical_gradient(f, x, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    return np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h))
