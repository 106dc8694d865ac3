"""The targets are not looked at. Noticed by: accuracy.
Says: compare with the targets
"""

# %% accuracy
def accuracy(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    return jnp.mean(predict(params, inputs) > 0.5)
