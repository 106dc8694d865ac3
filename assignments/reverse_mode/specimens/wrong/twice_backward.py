"""backward runs once for each slope, and the slopes are added up. Noticed by: value_and_grad, graphs."""

# %% value_and_grad
def value_and_grad(f, argnums=0):
    """Return the function that gives (f's value, its slope along argnums, or a tuple of them), in one forward pass."""
    def both(*args):
        picked = argnums if isinstance(argnums, tuple) else (argnums,)
        inputs = [Var(x) if k in picked else x for k, x in enumerate(args)]
        out = f(*inputs)
        if isinstance(out, Var):
            backward(out)
        first = tuple(inputs[k].grad for k in picked)
        if isinstance(out, Var):
            backward(out)
        found = tuple(s + inputs[k].grad for s, k in zip(first, picked))
        value = out.value if isinstance(out, Var) else out
        return value, found if isinstance(argnums, tuple) else found[0]

    return both
