"""The slope of log is multiplied where it should be divided. Noticed by: functions, expressions."""

# %% functions, changed
def log(x):
    """The natural logarithm of a Dual or a number."""
    if isinstance(x, Dual):
        return dual(log(x.primal), x.tangent * x.primal, x.level)
    return math.log(x)
