"""f is run once for the value and once for the slopes. Noticed by: value_and_grad.
Says: one forward pass and one backward
"""

# %% value_and_grad
def value_and_grad(f, argnums=0):
    return lambda *args: (f(*args), grad(f, argnums)(*args))
