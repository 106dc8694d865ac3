"""The slope of exp is left out. Noticed by: functions, expressions."""

# %% functions, changed
def exp(x):
    """The exponential of a Dual or a number."""
    if isinstance(x, Dual):
        value = exp(x.primal)
        return dual(value, x.tangent, x.level)
    return math.exp(x)
