"""The maximum of an empty array raises. Noticed by: relative_error.
Says: an empty array has no largest element
"""

# %% relative_error
def relative_error(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape or np.isnan(a).any() or np.isnan(b).any():
        return math.inf
    differs = a != b
    if a.size and not differs.any():
        return 0.0
    a, b = a[differs], b[differs]
    if np.isinf(a).any() or np.isinf(b).any():
        return math.inf
    return float(np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))))
