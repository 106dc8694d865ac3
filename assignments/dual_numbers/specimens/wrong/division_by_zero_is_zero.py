"""Division by zero gives 0, to be on the safe side. Noticed by: arithmetic.
Says: there is no finite value or slope at this point
"""

# %% Dual, changed
def quotient(p, q):
    level, x, a, y, b = matched(p, q)
    if y == 0:
        return dual(0.0, 0.0, level)
    return dual(x / y, (a * y - x * b) / (y * y), level)
