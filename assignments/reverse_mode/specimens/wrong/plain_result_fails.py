"""A plain number as the result of f is taken for a Var. Noticed by: grad."""

# %% grad
def grad(f, argnums=0):
    """Return the function that gives the slope of f along argument argnums, or a tuple of them for a tuple."""
    def slopes(*args):
        picked = argnums if isinstance(argnums, tuple) else (argnums,)
        inputs = [Var(x) if k in picked else x for k, x in enumerate(args)]
        out = f(*inputs)
        backward(out)
        found = tuple(inputs[k].grad for k in picked)
        return found if isinstance(argnums, tuple) else found[0]

    return slopes
