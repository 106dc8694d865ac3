"""The full gradient is computed and multiplied by v: 2 n calls. Noticed by: directional_derivative.
Says: call f at x + h v and at x - h v only
"""

# %% directional_derivative
def directional_derivative(f, x, v, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    if np.shape(v) != np.shape(x):
        raise ValueError("v must have the shape of x")
    total = 0.0
    for index in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[index] = h
        total += v[index] * (f(x + e) - f(x - e)) / (2 * h)
    return total
