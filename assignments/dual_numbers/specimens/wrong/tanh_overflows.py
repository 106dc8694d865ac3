"""tanh is computed with exponentials that overflow far out. Noticed by: functions."""

# %% functions, changed
def tanh(x):
    """The hyperbolic tangent of a Dual or a number."""
    if isinstance(x, Dual):
        value = tanh(x.primal)
        return dual(value, (1 - value * value) * x.tangent, x.level)
    return (math.exp(2 * x) - 1) / (math.exp(2 * x) + 1)
