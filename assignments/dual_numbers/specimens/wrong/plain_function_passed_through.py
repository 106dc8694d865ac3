"""The value is returned where f is constant. Noticed by: derivative."""

# %% derivative
def derivative(f, x):
    level = next(levels)
    result = f(dual(x, 1.0, level))
    return result if not isinstance(result, Dual) else parts(result, level)[1]
