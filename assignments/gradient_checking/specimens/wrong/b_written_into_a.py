"""The difference is written into a. Noticed by: relative_error, check_tree.
Says: do not write into a and b
"""

# %% relative_error
def relative_error(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape or np.isnan(a).any() or np.isnan(b).any():
        return math.inf
    larger, same = np.maximum(np.abs(a), np.abs(b)), a == b
    if (np.isinf(larger) & ~same).any():
        return math.inf
    if same.all():
        return 0.0
    larger[same] = 1
    a[same] = b[same] = 0
    a -= b
    return float(np.max(np.abs(a) / larger))
