"""The inner derivative is made a float, and the outer tangent is lost. Noticed by: derivative, expressions.
Says: is the tangent read off at the wrong level, or lost?
"""

# %% derivative
def derivative(f, x):
    level = next(levels)
    return float(value_of(parts(f(dual(x, 1.0, level)), level)[1]))
