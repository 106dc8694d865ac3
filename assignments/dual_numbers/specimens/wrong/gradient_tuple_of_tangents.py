"""An array comes in place of a list. Noticed by: gradient, expressions.
Says: return a list of floats
"""

# %% gradient
def gradient(f, xs):
    level, result = next(levels), []
    for k in range(len(xs)):
        result.append(parts(f(*[dual(x, float(j == k), level) for j, x in enumerate(xs)]), level)[1])
    return np.array(result)
