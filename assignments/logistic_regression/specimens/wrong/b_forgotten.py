"""b is left out of the logit. Noticed by: predict.
Says: b is missing in the logits
"""

# %% predict
def predict(params, inputs):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    return jax.nn.sigmoid(inputs @ params["W"])
