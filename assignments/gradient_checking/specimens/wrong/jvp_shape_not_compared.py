"""The shape is not looked at. Noticed by: check_jvp.
Says: compare the shapes first
"""

# %% check_jvp
def check_jvp(f, jvp_f, x, x_dot, rtol=1e-6):
    try:
        claimed = np.asarray(jvp_f(x, x_dot))
    except Exception:
        return False
    x, x_dot, h = np.asarray(x), np.asarray(x_dot), 1e-5
    measured = np.asarray(f(x + h * x_dot) - f(x - h * x_dot)) / (2 * h)
    return bool(np.max(np.abs(claimed - measured)) <= rtol * np.max(np.abs(measured)))
