"""x**0 at 0 divides by zero. Noticed by: powers."""

# %% Dual, changed
def power(p, q):
    level, x, a, y, b = matched(p, q)
    value, tangent = x**y, 0.0
    if level_of(p) == level:
        tangent = y * x ** (y - 1) * a
    if level_of(q) == level and x != 0:
        tangent = tangent + value * log_of(x) * b
    return dual(value, tangent, level)
