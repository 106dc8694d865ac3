"""The functions take Duals only, and fail for numbers. Noticed by: functions, expressions."""

# %% functions
def sin(x):
    return dual(math.sin(x.primal), math.cos(x.primal) * x.tangent, x.level)


def cos(x):
    return dual(math.cos(x.primal), -math.sin(x.primal) * x.tangent, x.level)


def tan(x):
    return dual(math.tan(x.primal), (1 + math.tan(x.primal) ** 2) * x.tangent, x.level)


def exp(x):
    return dual(math.exp(x.primal), math.exp(x.primal) * x.tangent, x.level)


def log(x):
    return dual(math.log(x.primal), 1 / x.primal * x.tangent, x.level)


def sqrt(x):
    return dual(math.sqrt(x.primal), 0.5 / math.sqrt(x.primal) * x.tangent, x.level)


def tanh(x):
    return dual(math.tanh(x.primal), (1 - math.tanh(x.primal) ** 2) * x.tangent, x.level)
