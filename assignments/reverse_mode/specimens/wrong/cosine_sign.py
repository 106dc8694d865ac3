"""The slope of cos is sin, without the sign. Noticed by: rules, graphs.
Says: the sign is wrong
"""

# %% functions, changed
def cos(x):
    if not isinstance(x, Var):
        return math.cos(x)
    return Var(math.cos(x.value), ((x, math.sin(x.value)),))
