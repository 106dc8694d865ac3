"""All derivatives share one ε: perturbation confusion. Noticed by: derivative.
Says: perturbation confusion: the inner derivative mistakes the outer tangent for its own
"""

# %% derivative
def derivative(f, x):
    return parts(f(dual(x, 1.0, 0)), 0)[1]
