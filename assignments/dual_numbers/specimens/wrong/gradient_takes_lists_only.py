"""xs is copied with its method copy, which tuples do not have. Noticed by: gradient."""

# %% gradient
def gradient(f, xs):
    level, result = next(levels), []
    for k in range(len(xs)):
        seeded = xs.copy()
        seeded[k] = dual(seeded[k], 1.0, level)
        result.append(parts(f(*seeded), level)[1])
    return result
