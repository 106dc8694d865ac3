"""The squared error of the probability is summed. Noticed by: loss, fit."""

# %% loss
def loss(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    return jnp.sum((predict(params, inputs) - targets) ** 2)
