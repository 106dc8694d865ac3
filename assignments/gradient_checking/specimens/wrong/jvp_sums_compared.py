"""The sums over the outputs are compared. Noticed by: check_jvp.
Says: the errors cancel in a sum
"""

# %% check_jvp
def check_jvp(f, jvp_f, x, x_dot, rtol=1e-6):
    try:
        claimed = np.asarray(jvp_f(x, x_dot))
    except Exception:
        return False
    x, x_dot, h = np.asarray(x), np.asarray(x_dot), 1e-5
    measured = np.asarray(f(x + h * x_dot) - f(x - h * x_dot)) / (2 * h)
    if claimed.shape != measured.shape:
        return False
    return bool(abs(np.sum(claimed - measured)) <= rtol * np.max(np.abs(measured)))
