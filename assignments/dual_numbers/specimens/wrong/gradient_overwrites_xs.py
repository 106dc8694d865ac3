"""The partial derivatives are written into xs itself. Noticed by: gradient."""

# %% gradient
def gradient(f, xs):
    level, plain = next(levels), list(xs)
    if isinstance(xs, tuple):
        xs = list(xs)
    for k in range(len(plain)):
        seeded = [dual(x, float(j == k), level) for j, x in enumerate(plain)]
        xs[k] = parts(f(*seeded), level)[1]
    return xs
