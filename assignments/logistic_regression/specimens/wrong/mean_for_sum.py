"""The mean over the rows is taken, not the sum. Noticed by: loss, fit.
Says: this is the mean
"""

# %% loss
def loss(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    z = inputs @ params["W"] + params["b"]
    return jnp.mean(jnp.logaddexp(0, jnp.where(targets, -z, z)))
