"""f(x) is computed as well: three calls. Noticed by: directional_derivative.
Says: call f at x + h v and at x - h v only
"""

# %% directional_derivative
def directional_derivative(f, x, v, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    if np.shape(v) != np.shape(x):
        raise ValueError("v must have the shape of x")
    base = f(x)
    return ((f(x + h * v) - base) + (base - f(x - h * v))) / (2 * h)
