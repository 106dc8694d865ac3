"""Numbers beside a Var are refused. Noticed by: values, functions, backward, rules, grad, value_and_grad, graphs."""

# %% Var, changed
def as_var(x):
    """A Var as it is; a number as a Var that came from nothing."""
    if not isinstance(x, Var):
        raise TypeError("not a Var")
    return x
