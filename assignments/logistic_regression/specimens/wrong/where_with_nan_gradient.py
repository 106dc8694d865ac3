"""A single where picks the safe value, but the other branch makes the gradient NaN. Noticed by: loss, fit.
Says: not finite
"""

# %% loss
def loss(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    z = inputs @ params["W"] + params["b"]
    t = jnp.where(targets, -z, z)
    return jnp.sum(jnp.where(t > 30, t, jnp.log(1 + jnp.exp(t))))
