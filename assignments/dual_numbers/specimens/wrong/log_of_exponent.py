"""The exponent's term has the logarithm of the exponent. Noticed by: powers, expressions."""

# %% Dual, changed
def power(p, q):
    level, x, a, y, b = matched(p, q)
    value, tangent = x**y, 0.0
    if level_of(p) == level and not (x == 0 and y == 0):
        tangent = y * x ** (y - 1) * a
    if level_of(q) == level and x != 0:
        tangent = tangent + value * log_of(abs(y)) * b
    return dual(value, tangent, level)
