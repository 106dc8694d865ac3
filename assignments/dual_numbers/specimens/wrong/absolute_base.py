"""The logarithm's argument is made positive, and so is the base. Noticed by: powers.
Says: the sign of the tangent is wrong
"""

# %% Dual, changed
def power(p, q):
    level, x, a, y, b = matched(p, q)
    x = abs(x)
    value, tangent = x**y, 0.0
    if level_of(p) == level and not (x == 0 and y == 0):
        tangent = y * x ** (y - 1) * a
    if level_of(q) == level and x != 0:
        tangent = tangent + value * log_of(x) * b
    return dual(value, tangent, level)
