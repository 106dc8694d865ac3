"""The tangent of the argument is x, not 1. Noticed by: derivative, expressions."""

# %% derivative
def derivative(f, x):
    level = next(levels)
    return parts(f(dual(x, x, level)), level)[1]
