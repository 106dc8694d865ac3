"""The quotient rule forgets the denominator. Noticed by: arithmetic, expressions.
Says: the square of the denominator is missing
"""

# %% Dual, changed
def quotient(p, q):
    level, x, a, y, b = matched(p, q)
    return dual(x / y, (a * y - x * b), level)
