"""The tangent of the argument is 2. Noticed by: derivative, expressions.
Says: twice too large
"""

# %% derivative
def derivative(f, x):
    level = next(levels)
    return parts(f(dual(x, 2.0, level)), level)[1]
