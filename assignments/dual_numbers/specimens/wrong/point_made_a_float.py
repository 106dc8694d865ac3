"""The point is made a float, so that nothing can be nested. Noticed by: derivative, expressions."""

# %% derivative
def derivative(f, x):
    level = next(levels)
    return parts(f(dual(float(value_of(x)), 1.0, level)), level)[1]
