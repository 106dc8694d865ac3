"""The exponent's own tangent is forgotten. Noticed by: powers, expressions.
Says: the exponent's own tangent is forgotten
"""

# %% Dual, changed
def power(p, q):
    level, x, a, y, b = matched(p, q)
    value, tangent = x**y, 0.0
    if level_of(p) == level and not (x == 0 and y == 0):
        tangent = y * x ** (y - 1) * a
    return dual(value, tangent, level)
