"""1e-8 is added to each probability before the logarithm. Noticed by: loss, fit.
Says: was the probability clipped
"""

# %% loss
def loss(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    p = predict(params, inputs)
    return -jnp.sum(jnp.log(jnp.where(targets, p, 1 - p) + 1e-8))
