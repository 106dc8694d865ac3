"""Only the rows with label True are counted. Noticed by: loss, fit.
Says: the rows with label False are missing
"""

# %% loss
def loss(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    z = inputs @ params["W"] + params["b"]
    return jnp.sum(jnp.where(targets, jnp.logaddexp(0, -z), 0.0))
