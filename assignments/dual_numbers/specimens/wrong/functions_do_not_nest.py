"""The slope of sin is a float, so it has no derivative itself. Noticed by: expressions.
Says: a slope must be computed with Duals, too
"""

# %% functions, changed
def sin(x):
    """The sine of a Dual or a number."""
    if isinstance(x, Dual):
        return dual(sin(x.primal), math.cos(value_of(x)) * x.tangent, x.level)
    return math.sin(x)
