"""The result must be a Dual, so a constant function fails. Noticed by: gradient."""

# %% gradient
def gradient(f, xs):
    level, result = next(levels), []
    for k in range(len(xs)):
        result.append(f(*[dual(x, float(j == k), level) for j, x in enumerate(xs)]).tangent)
    return result
