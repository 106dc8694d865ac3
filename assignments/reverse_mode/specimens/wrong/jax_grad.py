"""jax.grad does the work. Noticed by: grad, graphs.
Says: by hand
"""

# %% grad
def grad(f, argnums=0):
    import jax
    return jax.grad(f, argnums)
