"""float(loss) fails under jit. Noticed by: fit."""

# %% fit
def fit(params, inputs, targets, learning_rate, steps):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    losses = np.zeros(steps)
    for k in range(steps):
        value, slopes = jax.value_and_grad(loss)(params, inputs, targets)
        losses[k] = float(value)
        params = jax.tree.map(lambda p, s: p - learning_rate * s, params, slopes)
    return params, losses
