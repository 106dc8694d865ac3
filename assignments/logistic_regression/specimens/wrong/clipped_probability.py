"""The probability is clipped at 1e-12, and the loss never exceeds 28 a row. Noticed by: loss, fit.
Says: was the probability clipped
"""

# %% loss
def loss(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    p = jnp.clip(predict(params, inputs), 1e-12, 1 - 1e-12)
    return -jnp.sum(jnp.log(jnp.where(targets, p, 1 - p)))
