"""The logits are computed in float32. Noticed by: predict."""

# %% predict
def predict(params, inputs):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    z = inputs.astype(jnp.float32) @ params["W"].astype(jnp.float32)
    return jax.nn.sigmoid(z + params["b"])
