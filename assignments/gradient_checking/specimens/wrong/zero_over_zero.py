"""Two zeros give 0/0, a NaN. Noticed by: relative_error, check_tree.
Says: 0/0 is NaN
"""

# %% relative_error
def relative_error(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape or np.isnan(a).any() or np.isnan(b).any():
        return math.inf
    if a.size == 0:
        return 0.0
    if (np.isinf(a) != np.isinf(b)).any() or (np.isinf(a) & (a != b)).any():
        return math.inf
    finite = np.isfinite(a)
    a, b = a[finite], b[finite]
    with np.errstate(invalid="ignore"):
        return float(np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)), initial=0.0))
