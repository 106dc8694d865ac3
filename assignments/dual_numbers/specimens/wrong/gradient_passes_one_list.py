"""f gets one list in place of its arguments. Noticed by: gradient, expressions."""

# %% gradient
def gradient(f, xs):
    level, result = next(levels), []
    for k in range(len(xs)):
        result.append(parts(f([dual(x, float(j == k), level) for j, x in enumerate(xs)]), level)[1])
    return result
