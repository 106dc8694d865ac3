"""The only x_dot is the first axis. Noticed by: check_vjp.
Says: look at each component
"""

# %% check_vjp
def check_vjp(f, vjp_f, x, y_bar, key, rtol=1e-6):
    try:
        claimed = np.asarray(vjp_f(x, y_bar))
    except Exception:
        return False
    if claimed.shape != x.shape or not np.isfinite(claimed).all():
        return False
    for v in jnp.eye(x.size)[:1]:
        v = v / jnp.linalg.norm(v)
        _, y_dot = jax.jvp(f, (x,), (v,))
        if not abs(claimed @ np.asarray(v) - y_bar @ y_dot) <= rtol * np.max(np.abs(claimed)):
            return False
    return True
