"""The tangent of the result is read whichever derivative it belongs to. Noticed by: derivative.
Says: perturbation confusion
"""

# %% derivative
def derivative(f, x):
    result = f(dual(x, 1.0, next(levels)))
    return result.tangent if isinstance(result, Dual) else 0.0
