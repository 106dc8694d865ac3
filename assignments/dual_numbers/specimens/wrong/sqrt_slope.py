"""The slope of sqrt lacks its factor 2. Noticed by: functions, expressions.
Says: twice too large
"""

# %% functions, changed
def sqrt(x):
    """The square root of a Dual or a number."""
    if isinstance(x, Dual):
        value = sqrt(x.primal)
        return dual(value, x.tangent / value, x.level)
    return math.sqrt(x)
