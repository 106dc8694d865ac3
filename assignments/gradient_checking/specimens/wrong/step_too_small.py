"""A step of 1e-12 drowns in round-off. Noticed by: check_gradient.
Says: A step near 1e-5 and a central difference are good to 1e-9
"""

# %% check_gradient
def check_gradient(f, grad_f, x, rtol=1e-6):
    try:
        claimed = np.asarray(grad_f(x))
    except Exception:
        return False
    if claimed.shape != x.shape:
        return False
    x, h = np.asarray(x), 1e-12
    measured = np.array([float(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(x.size)])
    return bool(np.max(np.abs(claimed - measured)) <= rtol * np.max(np.abs(measured)))
