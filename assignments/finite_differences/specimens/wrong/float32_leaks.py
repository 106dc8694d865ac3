"""The values are stored in a float32 array on the way. Noticed by: central_difference.
Says: right to a few digits only, and a float32 number
"""

# %% central_difference
def central_difference(f, x, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    values = np.zeros(2, dtype=np.float32)
    values[0], values[1] = f(x + h), f(x - h)
    return (values[0] - values[1]) / (2 * h)
