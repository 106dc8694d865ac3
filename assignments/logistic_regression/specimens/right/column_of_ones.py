"""b is one more weight for a column of ones; the descent moves one flat vector."""

# %% predict
def stacked(params, inputs):
    if inputs.ndim != 2 or len(params["W"]) != inputs.shape[1]:
        raise ValueError(f"{inputs.shape} and {params['W'].shape} do not fit")
    A = jnp.concatenate([inputs, jnp.ones((inputs.shape[0], 1))], axis=1)
    return A, jnp.append(params["W"], params["b"])


def predict(params, inputs):
    A, theta = stacked(params, inputs)
    return 0.5 * (1 + jnp.tanh(A @ theta / 2))


# %% loss
def flat_loss(theta, A, signs):
    return jnp.logaddexp(0.0, -signs * (A @ theta)).sum()


def signs_of(inputs, targets):
    if targets.ndim != 1 or targets.size != inputs.shape[0]:
        raise ValueError(f"{targets.shape} targets for {inputs.shape} inputs")
    return 2.0 * targets - 1.0


def loss(params, inputs, targets):
    A, theta = stacked(params, inputs)
    return flat_loss(theta, A, signs_of(inputs, targets))


# %% gradient_by_hand
def gradient_by_hand(params, inputs, targets):
    A, theta = stacked(params, inputs)
    s = signs_of(inputs, targets)
    slope = -(s / (1 + jnp.exp(s * (A @ theta)))) @ A
    return {"W": slope[:-1], "b": slope[-1]}


# %% fit
def fit(params, inputs, targets, learning_rate, steps):
    A, theta = stacked(params, inputs)
    s, losses = signs_of(inputs, targets), []
    value_and_slope = jax.value_and_grad(flat_loss)
    for _ in range(steps):
        value, slope = value_and_slope(theta, A, s)
        losses += [value]
        theta = theta - learning_rate * slope
    return {"W": theta[:-1], "b": theta[-1]}, jnp.stack(losses) if losses else jnp.zeros((0,))


# %% accuracy
def accuracy(params, inputs, targets):
    A, theta = stacked(params, inputs)
    return jnp.count_nonzero(signs_of(inputs, targets) * (A @ theta) > 0) / len(inputs)
