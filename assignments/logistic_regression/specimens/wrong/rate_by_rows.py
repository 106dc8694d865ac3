"""The learning rate is divided by the number of rows. Noticed by: fit.
Says: the steps are too small
"""

# %% fit
def fit(params, inputs, targets, learning_rate, steps):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    def step(params, _):
        value, slopes = jax.value_and_grad(loss)(params, inputs, targets)
        return jax.tree.map(lambda p, s: p - learning_rate / len(targets) * s, params, slopes), value
    return jax.lax.scan(step, params, length=steps)
