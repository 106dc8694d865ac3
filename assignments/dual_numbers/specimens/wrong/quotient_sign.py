"""The quotient rule has a plus. Noticed by: arithmetic, expressions.
Says: the sign of the second term of the tangent is wrong
"""

# %% Dual, changed
def quotient(p, q):
    level, x, a, y, b = matched(p, q)
    return dual(x / y, (a * y + x * b) / (y * y), level)
