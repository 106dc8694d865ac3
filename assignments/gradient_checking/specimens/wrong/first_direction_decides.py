"""The loop returns after the first direction. Noticed by: check_directions.
Says: the error is orthogonal to one direction
"""

# %% check_directions
def check_directions(f, grad_f, x, key, directions=8, rtol=1e-6):
    try:
        claimed = np.asarray(grad_f(x))
    except Exception:
        return False
    if claimed.shape != x.shape or not np.isfinite(claimed).all():
        return False
    x, h = np.asarray(x), 1e-5
    for v in np.asarray(jax.random.normal(key, (directions, x.size))):
        v = v / np.linalg.norm(v)
        measured = float(f(x + h * v) - f(x - h * v)) / (2 * h)
        return bool(abs(claimed @ v - measured) <= rtol * np.max(np.abs(claimed)))
