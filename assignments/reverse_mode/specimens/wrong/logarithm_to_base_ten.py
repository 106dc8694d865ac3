"""log is the logarithm to base 10. Noticed by: functions, rules, graphs."""

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
    y = math.exp(x.value)
    return Var(y, ((x, y),))


def log(x):
    if not isinstance(x, Var):
        return math.log10(x)
    return Var(math.log10(x.value), ((x, 1 / (x.value * math.log(10))),))


def tanh(x):
    if not isinstance(x, Var):
        return math.tanh(x)
    y = math.tanh(x.value)
    return Var(y, ((x, 1 - y * y),))
