"""A transposed Jacobian raises where the map is not square. Noticed by: check_jvp.
Says: catch it around the call, and return False
"""

# %% check_jvp
def check_jvp(f, jvp_f, x, x_dot, rtol=1e-6):
    claimed = np.asarray(jvp_f(x, x_dot))
    x, x_dot, h = np.asarray(x), np.asarray(x_dot), 1e-5
    measured = np.asarray(f(x + h * x_dot) - f(x - h * x_dot)) / (2 * h)
    if claimed.shape != measured.shape:
        return False
    return bool(np.max(np.abs(claimed - measured)) <= rtol * np.max(np.abs(measured)))
