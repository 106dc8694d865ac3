"""Only int and float by type() count as numbers: np.float64 is refused. Noticed by: values, rules."""

# %% Var, changed
def as_var(x):
    """A Var as it is; a number as a Var that came from nothing."""
    if isinstance(x, Var):
        return x
    if type(x) not in (int, float):
        raise TypeError("neither a Var nor a number")
    return Var(x)
