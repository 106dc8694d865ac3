"""A number in gives a Var. Noticed by: functions.
Says: only a Var gives a Var
"""

# %% functions
def sin(x):
    x = as_var(x)
    return Var(math.sin(x.value), ((x, math.cos(x.value)),))

def cos(x):
    x = as_var(x)
    return Var(math.cos(x.value), ((x, -math.sin(x.value)),))

def exp(x):
    x = as_var(x)
    return Var(math.exp(x.value), ((x, math.exp(x.value)),))

def log(x):
    x = as_var(x)
    return Var(math.log(x.value), ((x, 1 / x.value),))

def tanh(x):
    x = as_var(x)
    return Var(math.tanh(x.value), ((x, 1 - math.tanh(x.value) ** 2),))
