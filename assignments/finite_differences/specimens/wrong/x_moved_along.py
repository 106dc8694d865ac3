"""x is moved along v in place and left there. Noticed by: directional_derivative.
Says: work on a copy
"""

# %% directional_derivative
def directional_derivative(f, x, v, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    if np.shape(v) != np.shape(x):
        raise ValueError("v must have the shape of x")
    x += h * v
    plus = f(x)
    x -= 2 * h * v
    return (plus - f(x)) / (2 * h)
