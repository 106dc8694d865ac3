"""The dict that came in is moved itself. Noticed by: fit.
Says: params belongs to the caller
"""

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
        for key in params:
            params[key] = params[key] - learning_rate * slopes[key]
    return params, jnp.array(losses)
