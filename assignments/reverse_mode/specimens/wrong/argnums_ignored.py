"""The slope along the first argument, whatever argnums says. Noticed by: value_and_grad.
Says: where 0 is the first
"""

# %% value_and_grad
def value_and_grad(f, argnums=0):
    """Return the function that gives (f's value, its slope along argnums, or a tuple of them), in one forward pass."""
    def both(*args):
        picked = argnums if isinstance(argnums, tuple) else (0,)
        inputs = [Var(x) if k in picked else x for k, x in enumerate(args)]
        out = f(*inputs)
        if isinstance(out, Var):
            backward(out)
        found = tuple(inputs[k].grad for k in picked)
        value = out.value if isinstance(out, Var) else out
        return value, found if isinstance(argnums, tuple) else found[0]

    return both
