"""exp passes its grad on as it is. Noticed by: rules, graphs."""

# %% functions, changed
def exp(x):
    if not isinstance(x, Var):
        return math.exp(x)
    y = math.exp(x.value)
    return Var(y, ((x, 1.0),))
