"""float() ends the trace, and jax.grad cannot differentiate the loss. Noticed by: loss, fit."""

# %% loss
def loss(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    import math
    z = inputs @ params["W"] + params["b"]
    total = 0.0
    for t in jnp.where(targets, -z, z):
        total += max(float(t), 0.0) + math.log1p(math.exp(-abs(float(t))))
    return total
