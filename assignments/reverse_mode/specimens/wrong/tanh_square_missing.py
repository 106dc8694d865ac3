"""The slope of tanh is 1 - tanh(x). Noticed by: rules, graphs.
Says: is the square missing?
"""

# %% functions, changed
def tanh(x):
    if not isinstance(x, Var):
        return math.tanh(x)
    y = math.tanh(x.value)
    return Var(y, ((x, 1 - y),))
