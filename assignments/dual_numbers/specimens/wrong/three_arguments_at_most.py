"""The seeds are written out for three arguments. Noticed by: gradient."""

# %% gradient
def gradient(f, xs):
    level, seeds = next(levels), [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)]
    return [parts(f(*[dual(x, s, level) for x, s in zip(xs, seed)]), level)[1] for seed in seeds[:len(xs)]]
