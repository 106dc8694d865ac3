"""jax.grad of the loss stands where the hand should have written. Noticed by: gradient_by_hand.
Says: a derivative written by hand
"""

# %% gradient_by_hand
def gradient_by_hand(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    return jax.grad(loss)(params, inputs, targets)
