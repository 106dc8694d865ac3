"""The tangents of a difference are added. Noticed by: arithmetic, expressions.
Says: the sign of the second term of the tangent is wrong
"""

# %% Dual, changed
def difference(p, q):
    level, x, a, y, b = matched(p, q)
    return dual(x - y, a + b, level)
