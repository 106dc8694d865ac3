"""A pair is returned where params is a dict. Noticed by: gradient_by_hand.
Says: return a dict like params
"""

# %% gradient_by_hand
def gradient_by_hand(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    residual = jax.nn.sigmoid(inputs @ params["W"] + params["b"]) - targets
    return inputs.T @ residual, jnp.sum(residual)
