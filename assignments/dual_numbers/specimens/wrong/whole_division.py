"""Division rounds down. Noticed by: arithmetic, expressions.
Says: the primal is wrong
"""

# %% Dual, changed
def quotient(p, q):
    level, x, a, y, b = matched(p, q)
    return dual(x // y, (a * y - x * b) / (y * y), level)
