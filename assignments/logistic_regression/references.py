"""The answers of assignment 5: losses, gradients and descents by JAX, tolerances, and hints.

Tolerances (EPS is the spacing of float64 at 1, 2.2e-16): a logit is a sum of products; whatever its order, its error
is a few EPS times the sum of their sizes, `reach`. The loss is a sum of terms that change at most as fast as their
logits; softplus(z) - y z, which is right, rounds at the size of z once more. The factor 64 covers rows of 10 numbers.
"""

from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np

from autograder import compare
from autograder.assignment import Outcome
from autograder.compare import EPS, as_float, refuses, words

FINITE = ("not finite: exp of 1000 overflows, and log of 0 is -inf. Compute the loss from the logit z, "
          "as softplus(z) = logaddexp(0, z), and never from the rounded probability")


def reach(data):
    """By row, the sum of the sizes that make up the logit, and 1 for the probability."""
    return 1 + np.abs(data["inputs"]) @ np.abs(data["W"]) + abs(float(data["b"]))


def _logits(params, X):
    return X @ params["W"] + params["b"]


def _loss(params, X, y):
    return jnp.sum(jax.nn.softplus(jnp.where(y, -1.0, 1.0) * _logits(params, X)))


def _arrays(data):
    return {"W": jnp.asarray(data["W"]), "b": jnp.asarray(data["b"])}, jnp.asarray(data["inputs"]), jnp.asarray(data["targets"])


def _key(data):
    return tuple((np.asarray(data[k]).shape, np.asarray(data[k]).tobytes()) for k in ("inputs", "targets", "W", "b"))


def _back(key):
    kinds = {"inputs": float, "targets": bool, "W": float, "b": float}
    return {name: np.frombuffer(bits, kind).reshape(shape) for (name, kind), (shape, bits) in zip(kinds.items(), key)}


@lru_cache(maxsize=512)             # a class asks for the same ones again and again
def _answers(key):
    """Probabilities, loss and gradient of a data set, as NumPy values."""
    with compare.x64():
        params, X, y = _arrays(_back(key))
        value, slopes = jax.value_and_grad(_loss)(params, X, y)
        return (np.asarray(jax.nn.sigmoid(_logits(params, X))), float(value),
                {k: np.asarray(v) for k, v in slopes.items()})


@lru_cache(maxsize=128)
def _descent(key, rate, steps):
    """Parameters after gradient descent, and the loss before every step."""
    with compare.x64():
        params, X, y = _arrays(_back(key))
        losses = []
        for _ in range(steps):
            value, slopes = _value_and_grad(params, X, y)
            losses.append(float(value))
            params = jax.tree.map(lambda p, s: p - rate * s, params, slopes)
        return {k: np.asarray(v) for k, v in params.items()}, np.array(losses)


_value_and_grad = jax.jit(jax.value_and_grad(_loss))


def predict(inputs, value):
    if inputs["kind"] == "refusal":
        return refuses()(inputs, value)
    data = inputs["data"]
    p = _answers(_key(data))[0]
    z = data["inputs"] @ data["W"] + float(data["b"])
    if isinstance(value, np.ndarray) and value.shape == (len(p), 1):
        return Outcome(False, words(value), f"probabilities of shape {p.shape}", "one number a row: W is a vector, not a column")
    if isinstance(value, np.ndarray) and np.isnan(value).any():
        return Outcome(False, words(value), words(p), "NaN: exp(z) / (1 + exp(z)) is inf / inf for a large z; jax.nn.sigmoid is safe")
    return _renamed(compare.array(value, p, 64 * EPS * float(reach(data).max()), "1 / (1 + exp(-z))", {
        "these are the logits: the probability is sigmoid of them": z,
        "these are the probabilities of False: is the sign of z turned?": 1 - p,
        "b is missing in the logits": _sigmoid(z - float(data["b"])),
    }), p.shape)


def _sigmoid(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


def _renamed(outcome, shape):
    """compare.array speaks of x, where here the shape is that of the rows."""
    if outcome.hint.startswith("the result must have the shape of x"):
        return Outcome(False, outcome.came, outcome.expected, f"the result must have the shape {shape}")
    return outcome


def loss(inputs, value):
    if inputs["kind"] == "refusal":
        return refuses()(inputs, value)
    data = inputs["data"]
    if inputs["kind"] == "slope":
        return _slopes(data, value)
    p, expected, _ = _answers(_key(data))
    came, n = as_float(value), len(p)
    if came is not None and not np.isfinite(came):
        return Outcome(False, words(came), f"{expected:.12g}", FINITE)
    other = _answers(_key(data | {"targets": ~data["targets"]}))[1]
    capped = _capped(data, came)
    shown = "JAX" if n != 4 else "JAX, from the logits"
    return compare.number(value, expected, 64 * EPS * float(reach(data).sum()), shown, capped | {
        "this is the mean: the loss is the sum over the rows": expected / n if n > 1 else np.nan,
        "the sign is wrong: the loss is minus the logarithm of the likelihood": -expected,
        "the labels are turned: -log p for True, -log(1 - p) for False": other,
        "the rows with label False are missing": float(np.sum(-np.log(p[data["targets"]]))) if np.all(p[data["targets"]] > 0) else np.nan,
    })


def _capped(data, came):
    """Far out, a loss that is finite but much too small was computed from a clipped probability."""
    z = np.abs(data["inputs"] @ data["W"] + float(data["b"])).max()
    exact = _answers(_key(data))[1]
    if came is None or z < 20 or not came < 0.9 * exact or exact < 20:
        return {}
    return {"too small where the model is sure and wrong: was the probability clipped, or 1e-… added to it? "
            "The loss is near |z| there": came}


def _slopes(data, value, name="jax.grad of your loss"):
    """Judge a gradient tree."""
    expected = _answers(_key(data))[2]
    shown = f"W: {words(expected['W'])}, b: {float(expected['b']):.12g} (JAX)"
    if not isinstance(value, dict) or set(value) != {"W", "b"}:
        came = f"a dict with the keys {', '.join(sorted(value))}" if isinstance(value, dict) else words(value)
        return Outcome(False, came, shown, 'return a dict like params, with the keys "W" and "b"')
    rows, n = reach(data), len(data["targets"])
    tolerances = {"W": 64 * EPS * float(np.max((1 + np.abs(data["inputs"])).T @ rows)), "b": 64 * EPS * float(rows.sum())}
    other = _answers(_key(data | {"targets": ~data["targets"]}))[2]
    per_row = {"W": data["inputs"].T * 1.0, "b": np.ones(n)}
    for key in ("W", "b"):
        came, right, tolerance = value[key], expected[key], tolerances[key]
        if isinstance(came, np.ndarray) and came.shape != right.shape:
            hint = f"the gradient has the shape of params[{key!r}], {right.shape}"
            if came.size == np.size(per_row[key]) and n > 1:
                hint += ": sum over the rows"
            return Outcome(False, f"{key}: {words(came)}", shown, hint)
        if isinstance(came, np.ndarray) and came.dtype.kind == "f" and not np.isfinite(came).all():
            return Outcome(False, f"{key}: {words(came)}", shown, FINITE)
        suspects = {"no slope where the model is sure and wrong: a clipped probability is constant": 0 * right,
                    "the sign is wrong: it is (p - y), not (y - p)": -right, "the labels are turned: p - y with y = 1 for True": other[key]}
        if n > 1:
            suspects |= {"this is the gradient of the mean: the loss is the sum over the rows": right / n}
        result = compare.array(came, right, tolerance, "JAX", {h: np.asarray(v) for h, v in suspects.items()})
        if not result.passed:
            return Outcome(False, f"{key}: {result.came}", shown, result.hint)
    return Outcome(True)


def gradient_by_hand(inputs, value):
    if inputs["kind"] == "refusal":
        return refuses()(inputs, value)
    if inputs["kind"] == "params":
        return _unchanged(inputs["data"], value)
    return _slopes(inputs["data"], value)


def _unchanged(data, value):
    for key in ("W", "b"):
        came = value.get(key) if isinstance(value, dict) else None
        if not isinstance(came, np.ndarray) or not np.array_equal(came, data[key]):
            return Outcome(False, f"params[{key!r}] is now {words(came)}", f"as it was, {words(data[key])}",
                           "make a new dict: params belongs to the caller")
    if set(value) != {"W", "b"}:
        return Outcome(False, f"params has the keys {', '.join(sorted(value))}", "W and b", "make a new dict")
    return Outcome(True)


def fit(inputs, value):
    if inputs["kind"] == "refusal":
        return refuses()(inputs, value)
    data, rate, steps = inputs["data"], inputs["rate"], inputs["steps"]
    params, losses = _descent(_key(data), rate, steps)
    if not isinstance(value, dict) or not {"params", "losses"} <= set(value):
        return Outcome(False, words(value), "the pair (params, losses)")
    if inputs["kind"] == "params":
        return _unchanged(data, value["params"])
    judged = _losses(value["losses"], data, rate, steps, losses)
    return judged if not judged.passed else _fitted(value["params"], data, rate, steps, params)


def _losses(came, data, rate, steps, expected):
    if isinstance(came, list) and all(as_float(v) is not None for v in came):
        came = np.array([as_float(v) for v in came], float)
    shown = f"losses {words(expected)} (gradient descent with jax.grad)"
    if not isinstance(came, np.ndarray) or came.shape != (steps,):
        return Outcome(False, f"losses: {words(came)}", shown, f"losses has the shape ({steps},): one before each step")
    if not np.all(np.isfinite(came)):
        return Outcome(False, f"losses: {words(came)}", shown, FINITE)
    longer = _descent(_key(data), rate, steps + 1)[1]
    n = len(data["targets"])
    # A step with a rate below 1/L brings two points no further apart, and far out the slope is constant: errors
    # add up, and no more.
    tolerance = 64 * EPS * float(reach(data).sum()) * (1 + steps)
    return compare.array(came.astype(float), expected, tolerance, "gradient descent with jax.grad", {
        "these are the losses after each step: losses[0] is the loss before the first": longer[1:],
        "these are means: the loss is the sum over the rows": expected / n,
        "the losses rise: a step goes against the gradient": _descent(_key(data), -rate, steps)[1],
        "the steps are too small: is the gradient that of the mean, or divided by the number of rows?":
            _descent(_key(data), rate / n, steps)[1],
    })


def _fitted(came, data, rate, steps, expected):
    shown = f"W: {words(expected['W'])}, b: {float(expected['b']):.12g}"
    if not isinstance(came, dict) or set(came) != {"W", "b"}:
        return Outcome(False, f"params: {words(came)}", shown, 'fit returns params as a dict with the keys "W" and "b"')
    size = float(np.max((1 + np.abs(data["inputs"])).T @ reach(data)))
    tolerance = 64 * EPS * (1 + float(np.abs(data["W"]).max()) + rate * size * (1 + steps))
    suspects = [("this is after one step less", _descent(_key(data), rate, max(0, steps - 1))[0]),
                ("this is after one step more", _descent(_key(data), rate, steps + 1)[0]),
                ("a step goes against the gradient: is the sign wrong?", _descent(_key(data), -rate, steps)[0]),
                ("it does not move: are the new parameters kept?", {k: np.asarray(data[k], float) for k in ("W", "b")}),
                ("the steps are too small: is the gradient that of the mean, or divided by the number of rows?",
                 _descent(_key(data), rate / len(data["targets"]), steps)[0])]
    for key in ("W", "b"):
        result = compare.array(came[key], expected[key], tolerance, "gradient descent with jax.grad",
                               {hint: answer[key] for hint, answer in suspects})
        if not result.passed:
            return Outcome(False, f"{key}: {result.came}", shown, result.hint)
    return Outcome(True)


def accuracy(inputs, value):
    if inputs["kind"] == "refusal":
        return refuses()(inputs, value)
    sets = inputs["sets"] if inputs["kind"] == "several" else [inputs["data"]]
    came = value if inputs["kind"] == "several" else [value]
    if not isinstance(came, list) or len(came) != len(sets):
        return Outcome(False, words(value), "a number for each data set")
    for data, one in zip(sets, came):
        z = data["inputs"] @ data["W"] + float(data["b"])
        right, n = float(np.mean((z > 0) == data["targets"])), len(z)
        # The mean of booleans is a float32 in JAX, even with x64: right to 6e-8.
        judged = compare.number(one, right, 1e-6, f"{round(right * n)} of {n} rows", {
            "this is the number of right rows: divide it by the number of rows": right * n,
            "this is the share of wrong rows": 1 - right,
            "this is the share of rows that are predicted True: compare with the targets": float(np.mean(z > 0)),
            "this is a mean probability: count the rows whose label is the more probable one":
                float(np.mean(np.where(data["targets"], _sigmoid(z), _sigmoid(-z)))),
        })
        if not judged.passed:
            return judged
    return Outcome(True)


REFERENCES = {"predict": predict, "loss": loss, "gradient_by_hand": gradient_by_hand, "fit": fit, "accuracy": accuracy}
