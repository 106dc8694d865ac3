"""exp is computed in single precision. Noticed by: functions, rules, graphs.
Says: right to some digits only
"""

# %% functions, changed
def exp(x):
    if not isinstance(x, Var):
        return math.exp(x)
    y = float(np.exp(np.float32(x.value)))
    return Var(y, ((x, y),))
