"""Divided by abs(a) + abs(b). Noticed by: relative_error, check_tree.
Says: divided by abs(a) + abs(b)
"""

# %% relative_error
def relative_error(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape or np.isnan(a).any() or np.isnan(b).any():
        return math.inf
    differs = a != b
    if not differs.any():
        return 0.0
    a, b = a[differs], b[differs]
    if np.isinf(a).any() or np.isinf(b).any():
        return math.inf
    return float(np.max(np.abs(a - b) / (np.abs(a) + np.abs(b))))
