"""y_bar is pushed forward instead of pulled back. Noticed by: check_vjp.
Says: is the Jacobian taken with the right side up?
"""

# %% check_vjp
def check_vjp(f, vjp_f, x, y_bar, key, rtol=1e-6):
    try:
        claimed = np.asarray(vjp_f(x, y_bar))
        right = np.asarray(jax.jacfwd(f)(x) @ y_bar)
    except Exception:
        return False
    return claimed.shape == right.shape and bool(np.max(np.abs(claimed - right)) <= rtol * np.max(np.abs(right)))
