"""NumPy and Python loops wherever JAX is not needed; the gradient by hand goes row by row with math.exp."""

import math

# %% predict
def fits(params, inputs, targets=None):
    shape = np.shape(inputs)
    if len(shape) != 2 or np.shape(params["W"]) != shape[1:]:
        raise ValueError("inputs do not fit W")
    if targets is not None and np.shape(targets) != shape[:1]:
        raise ValueError("targets do not fit inputs")


def predict(params, inputs):
    fits(params, inputs)
    z = np.asarray(inputs) @ np.asarray(params["W"]) + np.asarray(params["b"])
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


# %% loss
def loss(params, inputs, targets):
    fits(params, inputs, targets)
    z = (inputs * params["W"]).sum(axis=1) + params["b"]
    wrong_way = jnp.where(targets, -1, 1) * z
    safe = jnp.where(wrong_way > 30, 0.0, wrong_way)        # the branch not taken must be finite, too
    return jnp.where(wrong_way > 30, wrong_way + jnp.exp(-jnp.abs(wrong_way)), jnp.log1p(jnp.exp(safe))).sum()


# %% gradient_by_hand
def sigma(z):
    return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))


def gradient_by_hand(params, inputs, targets):
    fits(params, inputs, targets)
    W, b = [float(w) for w in params["W"]], float(params["b"])
    slope_W, slope_b = np.zeros(len(W)), 0.0
    for row, y in zip(np.asarray(inputs), np.asarray(targets)):
        residual = sigma(sum(w * x for w, x in zip(W, row)) + b) - bool(y)
        slope_W += residual * row
        slope_b += residual
    return {"W": slope_W, "b": slope_b}


# %% fit
def fit(params, inputs, targets, learning_rate, steps):
    fits(params, inputs, targets)
    slope = jax.grad(loss)
    here, history = dict(params), [None] * steps
    for k in range(steps):
        history[k] = loss(here, inputs, targets)
        change = slope(here, inputs, targets)
        here = {key: value - learning_rate * change[key] for key, value in here.items()}
    return here, jnp.asarray(history, dtype=float)


# %% accuracy
def accuracy(params, inputs, targets):
    fits(params, inputs, targets)
    hits = [(p > 0.5) == bool(y) for p, y in zip(predict(params, inputs), targets)]
    return sum(hits) / len(hits)
