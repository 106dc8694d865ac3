"""The slope of tanh is 1 - x**2. Noticed by: rules, graphs.
Says: this is 1 - x**2
"""

# %% functions, changed
def tanh(x):
    if not isinstance(x, Var):
        return math.tanh(x)
    y = math.tanh(x.value)
    return Var(y, ((x, 1 - x.value * x.value),))
