"""The slope of log is x, not 1 / x. Noticed by: rules, graphs."""

# %% functions, changed
def log(x):
    if not isinstance(x, Var):
        return math.log(x)
    return Var(math.log(x.value), ((x, x.value),))
