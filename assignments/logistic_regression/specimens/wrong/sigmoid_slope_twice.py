"""The slope p (1 - p) of the sigmoid is multiplied on, as for the squared error. Noticed by: gradient_by_hand."""

# %% gradient_by_hand
def gradient_by_hand(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    p = predict(params, inputs)
    residual = (p - targets) * p * (1 - p)
    return {"W": inputs.T @ residual, "b": jnp.sum(residual)}
