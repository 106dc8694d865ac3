"""The slope of tan is 1 - tan². Noticed by: functions, expressions."""

# %% functions, changed
def tan(x):
    """The tangent function of a Dual or a number."""
    if isinstance(x, Dual):
        value = tan(x.primal)
        return dual(value, (1 - value * value) * x.tangent, x.level)
    return math.tan(x)
