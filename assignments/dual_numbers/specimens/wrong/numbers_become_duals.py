"""An int is made a Dual first, so exp of an int is a Dual. Noticed by: functions.
Says: a function of a number gives a number
"""

# %% functions, changed
def exp(x, inner=False):
    """The exponential of a Dual or a number."""
    if not inner and isinstance(x, int):
        return dual(math.exp(x), 0.0, 0)
    if isinstance(x, Dual):
        value = exp(x.primal, True)
        return dual(value, value * x.tangent, x.level)
    return math.exp(x)
