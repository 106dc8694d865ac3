"""The checker transposes the Jacobian itself. Noticed by: check_jvp.
Says: is the Jacobian taken with the right side up?
"""

# %% check_jvp
def check_jvp(f, jvp_f, x, x_dot, rtol=1e-6):
    try:
        claimed = np.asarray(jvp_f(x, x_dot))
        measured = np.asarray(jax.jacfwd(f)(x)).T @ np.asarray(x_dot)
        if claimed.shape != measured.shape:
            return False
    except Exception:
        return False
    return bool(np.max(np.abs(claimed - measured)) <= rtol * np.max(np.abs(measured)))
