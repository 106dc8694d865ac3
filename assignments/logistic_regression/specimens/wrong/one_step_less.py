"""The last step is not taken, only its loss is recorded. Noticed by: fit.
Says: this is after one step less
"""

# %% fit
def fit(params, inputs, targets, learning_rate, steps):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    losses = []
    for k in range(steps):
        value, slopes = jax.value_and_grad(loss)(params, inputs, targets)
        losses.append(value)
        if k < steps - 1:
            params = jax.tree.map(lambda p, s: p - learning_rate * s, params, slopes)
    return params, jnp.array(losses)
