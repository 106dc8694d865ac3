"""exp is computed in single precision. Noticed by: functions, rules, graphs.
Says: right to some digits only
"""

# %% functions
def sin(x):
    if not isinstance(x, Var):
        return math.sin(x)
    return Var(math.sin(x.value), ((x, math.cos(x.value)),))


def cos(x):
    if not isinstance(x, Var):
        return math.cos(x)
    return Var(math.cos(x.value), ((x, -math.sin(x.value)),))


def exp(x):
    if not isinstance(x, Var):
        return math.exp(x)
    y = float(np.exp(np.float32(x.value)))
    return Var(y, ((x, y),))


def log(x):
    if not isinstance(x, Var):
        return math.log(x)
    return Var(math.log(x.value), ((x, 1 / x.value),))


def tanh(x):
    if not isinstance(x, Var):
        return math.tanh(x)
    y = math.tanh(x.value)
    return Var(y, ((x, 1 - y * y),))
