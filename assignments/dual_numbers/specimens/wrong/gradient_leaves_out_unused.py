"""Arguments that f does not use are left out. Noticed by: gradient.
Says: one partial derivative for each argument, used or not
"""

# %% gradient
def gradient(f, xs):
    level, result = next(levels), []
    for k in range(len(xs)):
        slope = parts(f(*[dual(x, float(j == k), level) for j, x in enumerate(xs)]), level)[1]
        if slope != 0:
            result.append(slope)
    return result
