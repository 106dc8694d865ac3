"""All arguments have the tangent 1. Noticed by: gradient, expressions.
Says: all arguments have tangent 1 at the same time
"""

# %% gradient
def gradient(f, xs):
    level, result = next(levels), []
    for k in range(len(xs)):
        result.append(parts(f(*[dual(x, 1.0, level) for x in xs]), level)[1])
    return result
