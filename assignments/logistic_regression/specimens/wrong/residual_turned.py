"""y - p stands where p - y belongs. Noticed by: gradient_by_hand.
Says: it is (p - y), not (y - p)
"""

# %% gradient_by_hand
def gradient_by_hand(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    residual = targets - predict(params, inputs)
    return {"W": inputs.T @ residual, "b": jnp.sum(residual)}
