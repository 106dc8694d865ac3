"""exp(z) stands where exp(-z) belongs. Noticed by: predict.
Says: the probabilities of False
"""

# %% predict
def predict(params, inputs):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    z = inputs @ params["W"] + params["b"]
    return 1 / (1 + jnp.exp(z))
