"""The partial derivatives come in reverse order. Noticed by: gradient, expressions.
Says: the partial derivatives come in reverse order
"""

# %% gradient
def gradient(f, xs):
    level, result = next(levels), []
    for k in range(len(xs)):
        result.insert(0, parts(f(*[dual(x, float(j == k), level) for j, x in enumerate(xs)]), level)[1])
    return result
