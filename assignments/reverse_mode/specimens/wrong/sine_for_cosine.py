"""sin computes the cosine. Noticed by: functions, graphs."""

# %% functions, changed
def sin(x):
    if not isinstance(x, Var):
        return math.cos(x)
    return Var(math.cos(x.value), ((x, math.cos(x.value)),))
