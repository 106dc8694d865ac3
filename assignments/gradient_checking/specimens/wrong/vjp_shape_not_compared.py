"""The product with x_dot takes more shapes than the right one. Noticed by: check_vjp.
Says: compare the shapes first
"""

# %% check_vjp
def check_vjp(f, vjp_f, x, y_bar, key, rtol=1e-6):
    try:
        claimed = np.asarray(vjp_f(x, y_bar))
    except Exception:
        return False
    if not np.isfinite(claimed).all():
        return False
    for v in jax.random.normal(key, (8, x.size)):
        v = v / jnp.linalg.norm(v)
        _, y_dot = jax.jvp(f, (x,), (v,))
        if not abs(np.sum(claimed * v) - y_bar @ y_dot) <= rtol * np.max(np.abs(claimed)):
            return False
    return True
