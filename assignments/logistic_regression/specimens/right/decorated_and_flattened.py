"""A decorator checks the shapes; parameters are flattened with ravel_pytree and moved by jacrev."""

import functools

from jax.flatten_util import ravel_pytree


def checked(function):
    @functools.wraps(function)
    def wrapper(params, inputs, *rest):
        n, d = inputs.shape
        if params["W"].shape != (d,) or (rest and rest[0].shape != (n,)):
            raise ValueError(f"{function.__name__}: the shapes do not fit")
        return function(params, inputs, *rest)
    return wrapper


# %% predict
@checked
def predict(params, inputs):
    return jax.scipy.special.expit(jnp.tensordot(inputs, params["W"], 1) + params["b"])


# %% loss
@checked
def loss(params, inputs, targets):
    z = jnp.tensordot(inputs, params["W"], 1) + params["b"]
    both = jnp.stack([jnp.zeros_like(z), z], axis=1)
    chosen = jnp.take_along_axis(jax.nn.log_softmax(both), targets.astype(int)[:, None], axis=1)
    return -chosen.sum()


# %% gradient_by_hand
@checked
def gradient_by_hand(params, inputs, targets):
    e = jax.scipy.special.expit(jnp.tensordot(inputs, params["W"], 1) + params["b"]) - jnp.where(targets, 1.0, 0.0)
    return {"b": e @ jnp.ones_like(e), "W": e @ inputs}


# %% fit
@checked
def fit(params, inputs, targets, learning_rate, steps):
    flat, back = ravel_pytree(params)
    function = lambda v: loss(back(v), inputs, targets)
    def step(v, _):
        return v - learning_rate * jax.jacrev(function)(v), function(v)
    flat, losses = jax.lax.scan(step, flat, None, length=steps)
    return back(flat), losses


# %% accuracy
@checked
def accuracy(params, inputs, targets):
    return np.float64(jnp.sum(jnp.round(predict(params, inputs)) == targets)) / targets.size
