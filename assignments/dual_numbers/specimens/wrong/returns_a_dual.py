"""The result of f is returned as it is, a Dual. Noticed by: derivative, expressions.
Says: return the tangent of the result
"""

# %% derivative
def derivative(f, x):
    return f(dual(x, 1.0, next(levels)))
