"""The exponent's term has the logarithm to the base 10. Noticed by: powers, expressions.
Says: not the natural one
"""

# %% Dual, changed
def log_of(x):
    if isinstance(x, Dual):
        return dual(log_of(x.primal), x.tangent / x.primal, x.level)
    return math.log10(x)
