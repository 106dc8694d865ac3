"""The quotient rule divides by the denominator, not by its square. Noticed by: arithmetic, expressions.
Says: divide by the square of the denominator
"""

# %% Dual, changed
def quotient(p, q):
    level, x, a, y, b = matched(p, q)
    return dual(x / y, (a * y - x * b) / y, level)
