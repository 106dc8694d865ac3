"""f is run once for each slope. Noticed by: grad.
Says: one forward pass and one backward
"""

# %% grad
def grad(f, argnums=0):
    if isinstance(argnums, tuple):
        return lambda *args: tuple(grad(f, k)(*args) for k in argnums)

    def slope(*args):
        x = Var(args[argnums])
        out = f(*args[:argnums], x, *args[argnums + 1:])
        if isinstance(out, Var):
            backward(out)
        return x.grad

    return slope
