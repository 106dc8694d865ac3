"""The loss as max(z, 0) - z y + log1p(exp(-|z|)), the gradient by hand also in the descent, a Python loop."""

def logits(params, inputs):
    if inputs.ndim != 2 or params["W"].shape != (inputs.shape[1],):
        raise ValueError("W needs one number for each column of inputs")
    return jnp.dot(inputs, params["W"]) + params["b"]


def one_target_a_row(inputs, targets):
    if np.shape(targets) != (len(inputs),):
        raise ValueError("targets needs one label for each row")


# %% predict
def predict(params, inputs):
    z = logits(params, inputs)
    small = jnp.exp(-jnp.abs(z))
    return jnp.where(z >= 0, 1 / (1 + small), small / (1 + small))


# %% loss
def loss(params, inputs, targets):
    one_target_a_row(inputs, targets)
    z = logits(params, inputs)
    return (jnp.maximum(z, 0) - z * targets + jnp.log1p(jnp.exp(-jnp.abs(z)))).sum()


# %% gradient_by_hand
def gradient_by_hand(params, inputs, targets):
    one_target_a_row(inputs, targets)
    push = predict(params, inputs) - targets.astype(float)
    return dict(W=jnp.einsum("i,ij->j", push, inputs), b=push.sum())


# %% fit
def fit(params, inputs, targets, learning_rate, steps):
    one_target_a_row(inputs, targets)
    W, b, losses = params["W"], params["b"], []
    logits(params, inputs)
    for _ in range(steps):
        here = {"W": W, "b": b}
        losses.append(loss(here, inputs, targets))
        slopes = gradient_by_hand(here, inputs, targets)
        W, b = W - learning_rate * slopes["W"], b - learning_rate * slopes["b"]
    return {"W": W, "b": b}, jnp.array(losses)


# %% accuracy
def accuracy(params, inputs, targets):
    one_target_a_row(inputs, targets)
    return jnp.mean((logits(params, inputs) > 0) == targets)
