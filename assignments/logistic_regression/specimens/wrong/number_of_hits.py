"""The right rows are counted, not their share. Noticed by: accuracy.
Says: divide it by the number of rows
"""

# %% accuracy
def accuracy(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    return jnp.sum((predict(params, inputs) > 0.5) == targets)
