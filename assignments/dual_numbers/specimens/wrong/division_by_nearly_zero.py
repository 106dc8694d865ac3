"""A tiny number in the denominator avoids the division by zero. Noticed by: arithmetic, expressions."""

# %% Dual, changed
def quotient(p, q):
    level, x, a, y, b = matched(p, q)
    return dual(x / (y + 1e-9), (a * y - x * b) / (y * y + 1e-9), level)
