"""The slope of sqrt at 0 is taken as 0. Noticed by: functions.
Says: there is no finite value or slope at this point
"""

# %% functions, changed
def sqrt(x):
    """The square root of a Dual or a number."""
    if isinstance(x, Dual):
        value = sqrt(x.primal)
        if value == 0:
            return dual(value, 0.0, x.level)
        return dual(value, x.tangent / (2 * value), x.level)
    return math.sqrt(x)
