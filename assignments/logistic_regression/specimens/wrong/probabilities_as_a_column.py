"""The probabilities come as a column of shape (n, 1). Noticed by: predict.
Says: one number a row
"""

# %% predict
def predict(params, inputs):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    return jax.nn.sigmoid(inputs @ params["W"][:, None] + params["b"])
