"""The slope of sin is a float, so it has no derivative itself. Noticed by: expressions.
Says: a slope must be computed with Duals, too
"""

# %% functions
def sin(x):
    """The sine of a Dual or a number."""
    if isinstance(x, Dual):
        return dual(sin(x.primal), math.cos(value_of(x)) * x.tangent, x.level)
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
        return dual(value, x.tangent / (2 * value), x.level)
    return math.sqrt(x)


def tanh(x):
    """The hyperbolic tangent of a Dual or a number."""
    if isinstance(x, Dual):
        value = tanh(x.primal)
        return dual(value, (1 - value * value) * x.tangent, x.level)
    return math.tanh(x)
