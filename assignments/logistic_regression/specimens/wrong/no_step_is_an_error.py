"""jnp.stack of no losses fails for steps = 0. Noticed by: fit."""

# %% fit
def fit(params, inputs, targets, learning_rate, steps):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    losses = []
    for _ in range(steps):
        value, slopes = jax.value_and_grad(loss)(params, inputs, targets)
        losses.append(value)
        params = jax.tree.map(lambda p, s: p - learning_rate * s, params, slopes)
    return params, jnp.stack(losses)
