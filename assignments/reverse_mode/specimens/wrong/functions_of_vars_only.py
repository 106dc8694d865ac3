"""A number has no value, and the functions ask for it. Noticed by: functions, graphs."""

# %% functions, changed
def cos(x):
    return Var(math.cos(x.value), ((x, -math.sin(x.value)),))
