"""It returns the x before the last step. Noticed by: newton.
Says: return the x after that step
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
            raise RuntimeError(f"the step from x = {x} is {step}")
        if abs(step) <= tol * max(1.0, abs(x)):
            return x
        x = x - step
    raise RuntimeError(f"no convergence in {max_steps} steps")
