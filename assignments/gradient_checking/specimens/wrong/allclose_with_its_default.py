"""np.allclose keeps its default atol=1e-8. Noticed by: check_gradient.
Says: np.allclose has one (atol=1e-8)
"""

# %% check_gradient
def check_gradient(f, grad_f, x, rtol=1e-6):
    try:
        claimed = np.asarray(grad_f(x))
    except Exception:
        return False
    if claimed.shape != x.shape:
        return False
    x, h = np.asarray(x), 1e-5
    measured = np.array([float(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(x.size)])
    return np.allclose(claimed, measured, rtol=rtol)
