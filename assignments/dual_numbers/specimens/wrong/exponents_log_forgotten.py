"""The exponent's term lacks its logarithm. Noticed by: powers, expressions.
Says: the factor log(x) of the exponent's term is missing
"""

# %% Dual, changed
def power(p, q):
    level, x, a, y, b = matched(p, q)
    value, tangent = x**y, 0.0
    if level_of(p) == level and not (x == 0 and y == 0):
        tangent = y * x ** (y - 1) * a
    if level_of(q) == level and x != 0:
        tangent = tangent + value * b
    return dual(value, tangent, level)
