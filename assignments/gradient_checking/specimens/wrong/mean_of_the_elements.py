"""The mean over the elements in place of the largest one. Noticed by: relative_error, check_tree.
Says: this is the mean over the elements: take the largest
Says: take the largest over its elements, not a mean
"""

# %% relative_error
def relative_error(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape or np.isnan(a).any() or np.isnan(b).any():
        return math.inf
    if a.size == 0:
        return 0.0
    errors = [0.0 if p == q else math.inf if math.isinf(p) or math.isinf(q) else abs(p - q) / max(abs(p), abs(q))
              for p, q in zip(a.ravel(), b.ravel())]
    return float(np.mean(errors))
