"""f that returns a plain number has the slope None. Noticed by: grad.
Says: has the slope 0.0
"""

# %% grad
def grad(f, argnums=0):
    """Return the function that gives the slope of f along argument argnums, or a tuple of them for a tuple."""
    def slopes(*args):
        picked = argnums if isinstance(argnums, tuple) else (argnums,)
        inputs = [Var(x) if k in picked else x for k, x in enumerate(args)]
        out = f(*inputs)
        if not isinstance(out, Var):
            return None
        backward(out)
        found = tuple(inputs[k].grad for k in picked)
        return found if isinstance(argnums, tuple) else found[0]

    return slopes
