"""jax.grad is called on f. Noticed by: derivative, expressions.
Says: 0 points: this question asks for a derivative written by hand
"""

# %% derivative
def derivative(f, x):
    import jax
    return jax.grad(f)(float(x))
