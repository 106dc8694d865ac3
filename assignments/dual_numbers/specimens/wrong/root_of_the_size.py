"""sqrt takes the absolute value. Noticed by: functions.
Says: there is no finite value or slope at this point
"""

# %% functions, changed
def sqrt(x):
    """The square root of a Dual or a number."""
    if isinstance(x, Dual):
        value = sqrt(x.primal)
        return dual(value, x.tangent / (2 * value), x.level)
    return math.sqrt(abs(x))
