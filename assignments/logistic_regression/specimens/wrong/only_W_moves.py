"""b keeps its first value. Noticed by: fit."""

# %% fit
def fit(params, inputs, targets, learning_rate, steps):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    def step(params, _):
        value, slopes = jax.value_and_grad(loss)(params, inputs, targets)
        return {"W": params["W"] - learning_rate * slopes["W"], "b": params["b"]}, value
    return jax.lax.scan(step, params, length=steps)
