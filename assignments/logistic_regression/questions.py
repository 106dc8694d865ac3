"""What assignment 5 asks: data sets, parameters and bad input, drawn from a seed.

This file is all that runs beside a student's code; the answers are in `references.py`.
Every question is a function that takes a NumPy generator and returns a list of cases.
"""

import numpy as np

from autograder.assignment import Case
from autograder.probe import exceptions

# The data of the tanh notebook and the parameters that its key gave (before JAX 0.5 changed the keys' numbers).
SEED_DATA = {
    "inputs": np.array([[0.52, 1.12, 0.77], [0.88, -1.08, 0.15], [0.52, 0.06, -1.30], [0.74, -2.49, 1.39]]),
    "targets": np.array([True, True, False, True]),
    "W": np.array([-0.36838785, -2.275689, 0.011447566]),
    "b": np.array(0.8535516),
}


def data_set(rng, n=4, d=3):
    """n rows of d numbers, their labels (both kinds, where n > 1), and parameters with logits of moderate size.

    Most cases have the shape of the tanh notebook's data, as JAX compiles each operation once for each shape.
    """
    inputs = np.round(rng.uniform(-2, 2, (n, d)), 2)
    targets = rng.permutation(np.arange(n) % 3 != 0) if n > 1 else np.array([True])
    W = np.round(rng.uniform(0.4, 1.2, d) * rng.choice([-1, 1], d), 2)
    return {"inputs": inputs, "targets": targets, "W": W, "b": np.asarray(np.round(rng.uniform(0.3, 0.9), 2))}


def steep(rng, logits, targets):
    """Four rows with just these logits, large ones for example, in random order."""
    order = rng.permutation(4)
    rest = np.round(rng.uniform(0.5, 1.5), 2)
    inputs = np.stack([np.asarray(logits, float), np.ones(4), np.full(4, rest)], axis=1)
    return {"inputs": inputs[order], "targets": np.broadcast_to(targets, 4)[order], "W": np.array([1.0, 0.5, -1.0]),
            "b": np.asarray(rest - 0.5)}


def student_arguments(data):
    """params and inputs as JAX arrays, new ones each time."""
    import jax.numpy as jnp

    return {"W": jnp.asarray(data["W"]), "b": jnp.asarray(data["b"])}, jnp.asarray(data["inputs"])


def _with_targets(data):
    import jax.numpy as jnp

    params, inputs = student_arguments(data)
    return params, inputs, jnp.asarray(data["targets"])


def _shape(data):
    n, d = data["inputs"].shape
    return f"{n} rows of {d}"


def _bad(name, call, data, with_targets=True):
    """The case of bad input: shapes that do not fit must raise ValueError."""
    import jax.numpy as jnp

    n, d = data["inputs"].shape
    params, inputs, targets = _with_targets(data)
    trials = {f"inputs of shape {(n, d + 1)} for W of shape {(d,)}": (params, jnp.ones((n, d + 1)), targets),
              f"inputs of shape {(n, 1)} for W of shape {(d,)}": (params, jnp.ones((n, 1)), targets)}
    if with_targets:
        trials |= {f"inputs of {n} rows and {n - 1} targets": (params, inputs, targets[:-1]),
                   f"inputs of {n} rows and 1 target": (params, inputs, targets[:1]),
                   f"targets of shape {(n, 1)}": (params, inputs, targets[:, None])}
    return Case(f"{name} with shapes that do not fit must raise ValueError",
                lambda student: exceptions(lambda *a: call(student, *a), *trials.values()),
                {"kind": "refusal", "calls": list(trials)})


def predict(rng):
    sets = [data_set(rng), data_set(rng, 3, 3), data_set(rng, 1, 2), data_set(rng, 7, 1), SEED_DATA,
            steep(rng, [30, -30, 25, -20], True), steep(rng, [1000, -1000, 900, -800], True)]

    def case(data):
        return Case(f"predict for {_shape(data)}: W = {data['W']}, b = {data['b']:g}, inputs = {_short(data)}",
                    lambda student: student(*student_arguments(data)), {"kind": "value", "data": data})

    return [*map(case, sets), _bad("predict", lambda f, p, x, _: f(p, x), sets[0], with_targets=False)]


def _short(data):
    return np.array2string(data["inputs"], separator=", ", threshold=12).replace("\n", "")


def _titled(name, data, note=""):
    logits = np.round(data["inputs"] @ data["W"] + data["b"], 2)
    shown = [float(z) for z in logits[:8]]
    return (f"{name} for {_shape(data)}{note}: logits {shown}{' …' if len(logits) > 8 else ''}, "
            f"targets {data['targets'].tolist()[:8]}")


def loss(rng):
    def value(data, note=""):
        return Case(_titled("loss", data, note), lambda student: student(*_with_targets(data)), {"kind": "value", "data": data})

    def slope(data):
        def ask(student):
            import jax

            return jax.grad(student)(*_with_targets(data))

        return Case(_titled("jax.grad of loss", data), ask, {"kind": "slope", "data": data})

    # All with the same label: no other row's error can hide theirs.
    far = [steep(rng, [-900, -1000, -700, -40], True), steep(rng, [900, 1000, 700, 40], False),
           steep(rng, [800, 1000, 900, 40], True)]
    first = data_set(rng)
    return [value(first), value(data_set(rng)), value(data_set(rng, 1, 2)),
            value(SEED_DATA, ", the tanh notebook's data; it prints 3.0519385"),
            value(steep(rng, [-25, -40, -21, -33], True)), *map(value, far[:2]), value(far[2]),
            slope(first), *map(slope, far[:2]), slope(far[2]), _bad("loss", lambda f, *a: f(*a), first)]


def gradient_by_hand(rng):
    def case(data, note="", watch="value"):
        def ask(student):
            params, inputs, targets = _with_targets(data)
            result = student(params, inputs, targets)
            return result if watch == "value" else params

        return Case(_titled("gradient_by_hand", data, note), ask, {"kind": watch, "data": data})

    first = data_set(rng)
    return [case(first), case(data_set(rng, 3, 3)), case(data_set(rng, 1, 3)), case(data_set(rng, 8, 1)), case(SEED_DATA),
            case(steep(rng, [40, -40, 35, -30], [True, True, False, False])), case(steep(rng, [-1000, -900, 700, -50], True)),
            case(steep(rng, [1000, -800, 900, 600], False)),
            case(first, " (is params left unchanged?)", watch="params"),
            _bad("gradient_by_hand", lambda f, *a: f(*a), first)]


def safe_rate(data):
    """Half of the largest learning rate at which no step can raise the loss: 1/L, with L from σ' ≤ 1/4."""
    A = np.column_stack([data["inputs"], np.ones(len(data["inputs"]))])
    return float(np.round(0.5 / np.linalg.eigvalsh(A.T @ A / 4).max(), 3))


def fit(rng):
    def case(data, steps, note="", compiled=False, watch="all", rate=None):
        rate = rate or safe_rate(data)

        def ask(student):
            import jax

            params, inputs, targets = _with_targets(data)
            run = jax.jit(student, static_argnums=4) if compiled else student
            fitted, losses = run(params, inputs, targets, rate, steps)
            return {"params": params if watch == "params" else fitted, "losses": losses}

        return Case(f"fit to {_shape(data)} from W = {data['W']}, b = {data['b']:g}: learning rate {rate:g}, {steps} steps{note}",
                    ask, {"kind": watch, "data": data, "rate": rate, "steps": steps})

    first, second = data_set(rng), data_set(rng)
    return [case(first, 1), case(second, 2), case(data_set(rng, 8, 4), 30), case(SEED_DATA, 20),
            case(steep(rng, [-900, 600, -800, -700], True), 3, " (logits from -900 to 600)", rate=1e-4),
            case(first, 0), case(second, 5, ", under jax.jit", compiled=True), case(second, 0, ", under jax.jit", compiled=True),
            case(first, 3, " (is params left unchanged?)", watch="params"),
            _bad("fit", lambda f, *a: f(*a, 0.1, 2), first)]


def accuracy(rng):
    def case(data, note=""):
        return Case(_titled("accuracy", data, note), lambda student: student(*_with_targets(data)), {"kind": "value", "data": data})

    def answers(sets):
        """One case for several data sets of different accuracy, so that no constant is right."""
        return Case("; ".join(_titled("accuracy", d) for d in sets), lambda student: [student(*_with_targets(d)) for d in sets],
                    {"kind": "several", "sets": sets})

    unsure = [steep(rng, [0.1, 0.6, 0.9, -0.7], y) for y in (True, False)]
    first = data_set(rng, 23, 3)         # so many that two wrong shares are hardly ever the same number
    right = first | {"targets": first["inputs"] @ first["W"] + first["b"] > 0}
    wrong = first | {"targets": ~right["targets"]}
    one_wrong = first | {"targets": right["targets"] ^ (np.arange(23) == rng.integers(23))}
    far = steep(rng, [1000, -1000, 900, -900], [True, True, True, False])
    return [answers([right, wrong, one_wrong]), answers([data_set(rng, 23, 3), unsure[0]]), case(far), answers([SEED_DATA, unsure[1]]), _bad("accuracy", lambda f, *a: f(*a), first)]


QUESTIONS = {"predict": predict, "loss": loss, "gradient_by_hand": gradient_by_hand, "fit": fit, "accuracy": accuracy}
HAND_WRITTEN = frozenset({"gradient_by_hand"})      # no derivative transform while it is asked
