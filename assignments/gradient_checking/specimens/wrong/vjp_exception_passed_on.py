"""A transposed Jacobian raises where the map is not square. Noticed by: check_vjp.
Says: catch it around the call, and return False
"""

# %% check_vjp
def check_vjp(f, vjp_f, x, y_bar, key, rtol=1e-6):
    claimed = np.asarray(vjp_f(x, y_bar))
    if claimed.shape != x.shape or not np.isfinite(claimed).all():
        return False
    for v in jax.random.normal(key, (8, x.size)):
        v = v / jnp.linalg.norm(v)
        _, y_dot = jax.jvp(f, (x,), (v,))
        if not abs(claimed @ np.asarray(v) - y_bar @ y_dot) <= rtol * np.max(np.abs(claimed)):
            return False
    return True
