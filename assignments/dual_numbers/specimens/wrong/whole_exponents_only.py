"""Powers multiply repeatedly, so the exponent is cut to an int. Noticed by: powers, expressions."""

# %% Dual, changed
def power(p, q):
    q = q if isinstance(q, Dual) else int(q)
    level, x, a, y, b = matched(p, q)
    value, tangent = x**y, 0.0
    if level_of(p) == level and not (x == 0 and y == 0):
        tangent = y * x ** (y - 1) * a
    if level_of(q) == level and x != 0:
        tangent = tangent + value * log_of(x) * b
    return dual(value, tangent, level)
