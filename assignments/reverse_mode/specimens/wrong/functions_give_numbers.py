"""sin of a Var gives a number: the trail ends there. Noticed by: functions, rules, graphs.
Says: an operation with a Var gives a Var
"""

# %% functions, changed
def sin(x):
    if not isinstance(x, Var):
        return math.sin(x)
    return math.sin(x.value)
