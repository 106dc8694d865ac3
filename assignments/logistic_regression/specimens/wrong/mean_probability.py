"""The mean probability of the right label is returned. Noticed by: accuracy.
Says: count the rows whose label is the more probable one
"""

# %% accuracy
def accuracy(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    p = predict(params, inputs)
    return jnp.mean(jnp.where(targets, p, 1 - p))
