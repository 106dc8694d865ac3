"""The gradient has no ε of its own. Noticed by: gradient.
Says: perturbation confusion: the inner gradient mistakes the outer tangent for its own
"""

# %% gradient
def gradient(f, xs):
    return [parts(f(*[dual(x, float(j == k), 0) for j, x in enumerate(xs)]), 0)[1] for k in range(len(xs))]
