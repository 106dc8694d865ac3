"""The form exp(z) / (1 + exp(z)) is NaN for a large logit. Noticed by: predict.
Says: inf / inf for a large z
"""

# %% predict
def predict(params, inputs):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    z = inputs @ params["W"] + params["b"]
    return jnp.exp(z) / (1 + jnp.exp(z))
