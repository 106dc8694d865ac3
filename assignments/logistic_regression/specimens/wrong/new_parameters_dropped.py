"""The losses are right, but the first parameters are returned. Noticed by: fit.
Says: it does not move
"""

# %% fit
def fit(params, inputs, targets, learning_rate, steps):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    def step(params, _):
        value, slopes = jax.value_and_grad(loss)(params, inputs, targets)
        return jax.tree.map(lambda p, s: p - learning_rate * s, params, slopes), value
    return params, jax.lax.scan(step, params, length=steps)[1]
