"""The descent is a recursion, one call a step; the loss has a custom derivative rule; assert-free early returns."""

# %% predict
def logit(params, inputs):
    if inputs.ndim == 2 and inputs.shape[1] == params["W"].size:
        return params["b"] + jnp.inner(inputs, params["W"])
    raise ValueError(f"inputs {inputs.shape}, W {params['W'].shape}")


def predict(params, inputs):
    return jax.lax.logistic(logit(params, inputs))


# %% loss
@jax.custom_jvp
def cost(t):
    return jnp.where(t > 0, t, 0) + jnp.log1p(jnp.exp(-jnp.abs(t)))


@cost.defjvp
def cost_jvp(primals, tangents):
    (t,), (t_dot,) = primals, tangents
    return cost(t), jax.lax.logistic(t) * t_dot


def loss(params, inputs, targets):
    if targets.shape == inputs.shape[:-1]:
        return jnp.sum(cost(logit(params, inputs) * (1 - 2 * targets)))
    raise ValueError(f"inputs {inputs.shape}, targets {targets.shape}")


# %% gradient_by_hand
def gradient_by_hand(params, inputs, targets):
    if targets.shape != inputs.shape[:-1]:
        raise ValueError(f"inputs {inputs.shape}, targets {targets.shape}")
    turn = 1 - 2 * targets
    bar = turn * jax.lax.logistic(turn * logit(params, inputs))
    return jax.tree.map(lambda _, g: g, params, {"W": jnp.tensordot(bar, inputs, axes=(0, 0)), "b": jnp.sum(bar)})


# %% fit
def fit(params, inputs, targets, learning_rate, steps):
    if steps == 0:
        loss(params, inputs, targets)
        return params, jnp.zeros(0)
    value, slopes = jax.value_and_grad(loss)(params, inputs, targets)
    moved = {k: params[k] - learning_rate * slopes[k] for k in ("W", "b")}
    last, later = fit(moved, inputs, targets, learning_rate, steps - 1)
    return last, jnp.concatenate([value[None], later])


# %% accuracy
def accuracy(params, inputs, targets):
    if targets.shape != inputs.shape[:-1]:
        raise ValueError(f"inputs {inputs.shape}, targets {targets.shape}")
    return jnp.average(jnp.equal(logit(params, inputs) > 0, targets))
