"""JAX's own TypeError comes where ValueError is asked for. Noticed by: predict."""

# %% predict
def predict(params, inputs):
    return jax.nn.sigmoid(jnp.dot(inputs, params["W"]) + params["b"])
