"""f's result must have a tangent, so a constant function fails. Noticed by: derivative."""

# %% derivative
def derivative(f, x):
    level = next(levels)
    result = f(dual(x, 1.0, level))
    return result.tangent if result.level == level else 0.0
