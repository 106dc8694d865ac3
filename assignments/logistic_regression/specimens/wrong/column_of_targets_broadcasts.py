"""Targets of shape (n, 1) broadcast to a square. Noticed by: loss, fit."""

# %% loss
def loss(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if len(targets) != len(inputs):
        raise ValueError("targets do not fit inputs")
    z = inputs @ params["W"] + params["b"]
    return jnp.sum(jnp.logaddexp(0, jnp.where(targets, -z, z)))
