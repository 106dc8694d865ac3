"""The slope is a central difference of f. Noticed by: grad, graphs.
Says: right to some digits only
"""

# %% grad
def grad(f, argnums=0):
    def along(k, args, h=1e-6):
        plus, minus = list(args), list(args)
        plus[k], minus[k] = args[k] + h, args[k] - h
        return (f(*plus) - f(*minus)) / (2 * h)

    def slopes(*args):
        if isinstance(argnums, tuple):
            return tuple(along(k, args) for k in argnums)
        return along(argnums, args)

    return slopes
