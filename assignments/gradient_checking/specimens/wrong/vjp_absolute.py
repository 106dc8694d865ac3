"""Both sides are compared by jnp.allclose with its default atol. Noticed by: check_vjp.
Says: np.allclose has one (atol=1e-8)
"""

# %% check_vjp
def check_vjp(f, vjp_f, x, y_bar, key, rtol=1e-6):
    try:
        claimed = np.asarray(vjp_f(x, y_bar))
    except Exception:
        return False
    if claimed.shape != x.shape or not np.isfinite(claimed).all():
        return False
    for v in jax.random.normal(key, (8, x.size)):
        v = v / jnp.linalg.norm(v)
        _, y_dot = jax.jvp(f, (x,), (v,))
        if not jnp.allclose(claimed @ np.asarray(v), y_bar @ y_dot, rtol=rtol):
            return False
    return True
