"""The loss after the last step is appended, one too many. Noticed by: fit.
Says: one before each step
"""

# %% fit
def fit(params, inputs, targets, learning_rate, steps):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    losses = [loss(params, inputs, targets)]
    for _ in range(steps):
        slopes = jax.grad(loss)(params, inputs, targets)
        params = jax.tree.map(lambda p, s: p - learning_rate * s, params, slopes)
        losses.append(loss(params, inputs, targets))
    return params, jnp.array(losses)
