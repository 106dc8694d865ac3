"""log takes the absolute value, and something tiny at 0. Noticed by: functions.
Says: there is no finite value or slope at this point
"""

# %% functions, changed
def log(x):
    """The natural logarithm of a Dual or a number."""
    if isinstance(x, Dual):
        return dual(log(x.primal), x.tangent / (x.primal + 1e-300), x.level)
    return math.log(max(abs(x), 1e-300))
