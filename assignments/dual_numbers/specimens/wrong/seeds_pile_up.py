"""Earlier arguments keep their tangent. Noticed by: gradient, expressions.
Says: start afresh for each argument
"""

# %% gradient
def gradient(f, xs):
    level, result = next(levels), []
    for k in range(len(xs)):
        result.append(parts(f(*[dual(x, float(j <= k), level) for j, x in enumerate(xs)]), level)[1])
    return result
