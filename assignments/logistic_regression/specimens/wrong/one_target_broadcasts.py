"""A single target is used for all the rows. Noticed by: loss, fit."""

# %% loss
def loss(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.ndim != 1 or len(targets) not in (1, len(inputs)):
        raise ValueError("targets do not fit inputs")
    z = inputs @ params["W"] + params["b"]
    return jnp.sum(jnp.logaddexp(0, jnp.where(targets, -z, z)))
