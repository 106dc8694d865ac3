"""tanh's slope is a quotient of exponentials, of which NumPy makes inf/inf far out. Noticed by: functions.
Says: the tangent is not finite
"""

# %% functions, changed
def tanh(x):
    """The hyperbolic tangent of a Dual or a number."""
    if isinstance(x, Dual):
        value = tanh(x.primal)
        large = exp(2 * x.primal) if isinstance(x.primal, Dual) else np.exp(2 * x.primal)
        return dual(value, 4 * large / (large + 1) / (large + 1) * x.tangent, x.level)
    return math.tanh(x)
