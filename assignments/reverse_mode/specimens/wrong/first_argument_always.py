"""The slope along the first argument, whatever argnums says. Noticed by: grad.
Says: where 0 is the first
"""

# %% grad
def grad(f, argnums=0):
    """Return the function that gives the slope of f along argument argnums, or a tuple of them for a tuple."""
    def slopes(*args):
        picked = argnums if isinstance(argnums, tuple) else (0,)
        inputs = [Var(x) if k in picked else x for k, x in enumerate(args)]
        out = f(*inputs)
        if isinstance(out, Var):
            backward(out)
        found = tuple(inputs[k].grad for k in picked)
        return found if isinstance(argnums, tuple) else inputs[0].grad

    return slopes
