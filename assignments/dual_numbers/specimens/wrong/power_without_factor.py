"""The factor of the power rule is missing. Noticed by: powers, expressions.
Says: the factor y of y x**(y - 1) is missing
"""

# %% Dual, changed
def power(p, q):
    level, x, a, y, b = matched(p, q)
    value, tangent = x**y, 0.0
    if level_of(p) == level and not (x == 0 and y == 0):
        tangent = x ** (y - 1) * a
    if level_of(q) == level and x != 0:
        tangent = tangent + value * log_of(x) * b
    return dual(value, tangent, level)
