"""The slope of tanh is 1 + tanh². Noticed by: functions, expressions."""

# %% functions, changed
def tanh(x):
    """The hyperbolic tangent of a Dual or a number."""
    if isinstance(x, Dual):
        value = tanh(x.primal)
        return dual(value, (1 + value * value) * x.tangent, x.level)
    return math.tanh(x)
