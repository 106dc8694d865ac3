"""tanh(z / 2) is not moved into the range from 0 to 1. Noticed by: predict."""

# %% predict
def predict(params, inputs):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    z = inputs @ params["W"] + params["b"]
    return jnp.tanh(z / 2)
