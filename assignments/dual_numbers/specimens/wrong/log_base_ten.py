"""log is the logarithm to the base 10. Noticed by: functions, expressions.
Says: the primal is wrong
"""

# %% functions, changed
def log(x):
    """The natural logarithm of a Dual or a number."""
    if isinstance(x, Dual):
        return dual(log(x.primal), x.tangent / x.primal, x.level)
    return math.log10(x)
