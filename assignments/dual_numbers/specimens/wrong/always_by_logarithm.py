"""Every power is exp(y log x): no negative base, no 0. Noticed by: powers."""

# %% Dual, changed
def power(p, q):
    level, x, a, y, b = matched(p, q)
    if value_of(x) <= 0:
        raise ValueError('log of a number that is not positive')
    value, tangent = x**y, 0.0
    if level_of(p) == level and not (x == 0 and y == 0):
        tangent = y * x ** (y - 1) * a
    if level_of(q) == level and x != 0:
        tangent = tangent + value * log_of(x) * b
    return dual(value, tangent, level)
