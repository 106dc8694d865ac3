"""The labels are taken as -1 and 1 in p - y. Noticed by: gradient_by_hand."""

# %% gradient_by_hand
def gradient_by_hand(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    residual = predict(params, inputs) - jnp.where(targets, 1, -1)
    return {"W": inputs.T @ residual, "b": jnp.sum(residual)}
