"""The logits are returned, without the sigmoid. Noticed by: predict.
Says: these are the logits
"""

# %% predict
def predict(params, inputs):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    return inputs @ params["W"] + params["b"]
