"""0 ** Dual takes the logarithm of 0. Noticed by: powers."""

# %% Dual, changed
def power(p, q):
    level, x, a, y, b = matched(p, q)
    value, tangent = x**y, 0.0
    if level_of(p) == level and not (x == 0 and y == 0):
        tangent = y * x ** (y - 1) * a
    if level_of(q) == level:
        tangent = tangent + value * log_of(x) * b
    return dual(value, tangent, level)
