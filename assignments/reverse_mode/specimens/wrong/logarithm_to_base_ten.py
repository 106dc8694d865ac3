"""log is the logarithm to base 10. Noticed by: functions, rules, graphs."""

# %% functions, changed
def log(x):
    if not isinstance(x, Var):
        return math.log10(x)
    return Var(math.log10(x.value), ((x, 1 / (x.value * math.log(10))),))
