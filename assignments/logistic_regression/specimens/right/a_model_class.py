"""A frozen dataclass holds the data and has the loss as a method; the five functions only call it."""

import dataclasses
import functools


@dataclasses.dataclass(frozen=True)
class Problem:
    inputs: object
    targets: object = None

    def check(self, params):
        n, d = self.inputs.shape
        if params["W"].shape != (d,):
            raise ValueError(f"W has the shape {params['W'].shape}, and there are {d} columns")
        if self.targets is not None and self.targets.shape != (n,):
            raise ValueError(f"targets have the shape {self.targets.shape}, and there are {n} rows")
        return self

    def logit(self, params):
        return jnp.matmul(self.inputs, params["W"]) + params["b"]

    def probability(self, params):
        return jnp.exp(-jax.nn.softplus(-self.logit(params)))

    def loss(self, params):
        z = self.logit(params)
        return jnp.sum(jax.nn.softplus(z) - z * self.targets)

    def slope(self, params):
        residual = self.probability(params) - self.targets
        return {"W": (residual[:, None] * self.inputs).sum(0), "b": residual.sum()}


# %% predict
def predict(params, inputs):
    return Problem(inputs).check(params).probability(params)


# %% loss
def loss(params, inputs, targets):
    return Problem(inputs, targets).check(params).loss(params)


# %% gradient_by_hand
def gradient_by_hand(params, inputs, targets):
    return Problem(inputs, targets).check(params).slope(params)


# %% fit
def fit(params, inputs, targets, learning_rate, steps):
    problem = Problem(inputs, targets).check(params)

    def downhill(params, _):
        slopes = problem.slope(params)
        moved = jax.tree_util.tree_map(functools.partial(lambda rate, p, g: p - rate * g, learning_rate), params, slopes)
        return moved, problem.loss(params)

    return jax.lax.scan(downhill, params, jnp.arange(steps))


# %% accuracy
def accuracy(params, inputs, targets):
    problem = Problem(inputs, targets).check(params)
    return 1 - jnp.mean(jnp.abs((problem.logit(params) > 0) * 1.0 - problem.targets))
