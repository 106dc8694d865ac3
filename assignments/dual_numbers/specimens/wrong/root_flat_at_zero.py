"""The slope of sqrt at 0 is taken as 0. Noticed by: functions.
Says: there is no finite value or slope at this point
"""

# %% functions
def sin(x):
    """The sine of a Dual or a number."""
    if isinstance(x, Dual):
        return dual(sin(x.primal), cos(x.primal) * x.tangent, x.level)
    return math.sin(x)


def cos(x):
    """The cosine of a Dual or a number."""
    if isinstance(x, Dual):
        return dual(cos(x.primal), -sin(x.primal) * x.tangent, x.level)
    return math.cos(x)


def tan(x):
    """The tangent function of a Dual or a number."""
    if isinstance(x, Dual):
        value = tan(x.primal)
        return dual(value, (1 + value * value) * x.tangent, x.level)
    return math.tan(x)


def exp(x):
    """The exponential of a Dual or a number."""
    if isinstance(x, Dual):
        value = exp(x.primal)
        return dual(value, value * x.tangent, x.level)
    return math.exp(x)


def log(x):
    """The natural logarithm of a Dual or a number."""
    if isinstance(x, Dual):
        return dual(log(x.primal), x.tangent / x.primal, x.level)
    return math.log(x)


def sqrt(x):
    """The square root of a Dual or a number."""
    if isinstance(x, Dual):
        value = sqrt(x.primal)
        if value == 0:
            return dual(value, 0.0, x.level)
        return dual(value, x.tangent / (2 * value), x.level)
    return math.sqrt(x)


def tanh(x):
    """The hyperbolic tangent of a Dual or a number."""
    if isinstance(x, Dual):
        value = tanh(x.primal)
        return dual(value, (1 - value * value) * x.tangent, x.level)
    return math.tanh(x)
