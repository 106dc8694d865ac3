"""The cosine's slope lacks its minus. Noticed by: functions, expressions.
Says: the sign of the tangent is wrong
"""

# %% functions, changed
def cos(x):
    """The cosine of a Dual or a number."""
    if isinstance(x, Dual):
        return dual(cos(x.primal), sin(x.primal) * x.tangent, x.level)
    return math.cos(x)
