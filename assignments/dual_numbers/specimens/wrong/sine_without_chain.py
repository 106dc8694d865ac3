"""sin forgets the chain rule. Noticed by: functions, expressions.
Says: the chain rule: multiply the slope by the tangent of x
"""

# %% functions, changed
def sin(x):
    """The sine of a Dual or a number."""
    if isinstance(x, Dual):
        return dual(sin(x.primal), cos(x.primal) + 0.0 * x.tangent, x.level)
    return math.sin(x)
