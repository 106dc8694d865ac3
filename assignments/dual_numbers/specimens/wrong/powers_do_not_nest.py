"""The slope of a power is computed with floats only. Noticed by: expressions.
Says: a slope must be computed with Duals, too
"""

# %% Dual, changed
def power(p, q):
    level, x, a, y, b = matched(p, q)
    value, tangent = x**y, 0.0
    if level_of(p) == level and not (x == 0 and y == 0):
        tangent = y * x ** (y - 1) * a
    if level_of(q) == level and x != 0:
        tangent = tangent + value * math.log(value_of(x)) * b
    return dual(value, tangent, level)
