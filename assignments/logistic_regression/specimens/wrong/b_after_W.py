"""The slope of b is taken after W has moved. Noticed by: fit."""

# %% fit
def fit(params, inputs, targets, learning_rate, steps):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    losses = []
    for _ in range(steps):
        losses.append(loss(params, inputs, targets))
        params = params | {"W": params["W"] - learning_rate * jax.grad(loss)(params, inputs, targets)["W"]}
        params = params | {"b": params["b"] - learning_rate * jax.grad(loss)(params, inputs, targets)["b"]}
    return params, jnp.array(losses)
