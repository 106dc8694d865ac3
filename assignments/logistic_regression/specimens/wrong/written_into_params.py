"""The slopes are written into params. Noticed by: gradient_by_hand.
Says: params belongs to the caller
"""

# %% gradient_by_hand
def gradient_by_hand(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    residual = jax.nn.sigmoid(inputs @ params["W"] + params["b"]) - targets
    params["W"], params["b"] = inputs.T @ residual, jnp.sum(residual)
    return params
