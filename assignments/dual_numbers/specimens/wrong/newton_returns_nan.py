"""It stops at NaN and returns it. Noticed by: newton.
Says: a result that is NaN or infinite is no root
"""

# %% newton
def newton(f, x0, tol=1e-12, max_steps=50):
    """Return a root of f, starting from x0. Raises RuntimeError if it does not converge."""
    x, level = x0, next(levels)
    for _ in range(max_steps):
        value, slope = parts(f(dual(x, 1.0, level)), level)
        if slope == 0:
            raise RuntimeError(f"the slope is 0 at x = {x}")
        step = value / slope
        if not math.isfinite(step):
            return step
        x = x - step
        if abs(step) <= tol * max(1.0, abs(x)):
            return x
    raise RuntimeError(f"no convergence in {max_steps} steps")
