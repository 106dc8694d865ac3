"""Only the first level of a dict is looked at. Noticed by: check_tree."""

# %% check_tree
def check_tree(f, grad_f, params):
    exact, claimed = jax.grad(f)(params), grad_f(params)
    return {f"['{key}']": relative_error(exact[key], claimed[key]) if key in exact and key in claimed else math.inf
            for key in exact | claimed}
