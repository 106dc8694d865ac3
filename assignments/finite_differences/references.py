"""The answers of assignment 1: JAX's derivatives on the same inputs, tolerances, and hints.

Each quotient of h has an error of its own that JAX's higher derivatives predict: the forward
difference is f' + h/2 f'' + h²/6 f''' + …, the central one f' + h²/6 f''' + …. The references are
those predictions, so that a check of moderate h is sharp: a method of another order misses it.

Tolerances (EPS is the unit round-off's double, 2.2e-16):
- round-off: a quotient of values of size |f| divides an error of a few EPS·|f| by h; so does the
  error of x + h itself, EPS·|x|·|f'|. The factor 16 leaves room for any order of the arithmetic.
- truncation: the first neglected term of the prediction, with a factor 4 for the ones after it.
"""

import math
from functools import lru_cache

import jax.numpy as jnp
import numpy as np
from jax.experimental.jet import jet

from autograder import compare
from autograder.assignment import Outcome
from autograder.compare import EPS, as_float, refuses, words


@lru_cache(maxsize=512)  # a class asks for the same ones again and again
def derivatives(f, x, order=6):
    """[f(x), f'(x), …] up to `order` as floats, by Taylor-mode AD. f(x, xp) maps float to float."""
    with compare.x64():
        series = [jnp.float64(1.0)] + [jnp.float64(0.0)] * (order - 1)
        value, coefficients = jet(lambda t: f(t, jnp), (jnp.float64(x),), (series,))
        return [float(value), *map(float, coefficients)]


def roundoff(d, x, h):
    return 16 * EPS * (abs(d[0]) + abs(x * d[1]) + abs(h * d[1])) / h


def _value(value):
    return value.get("value") if isinstance(value, dict) else None


def forward_difference(inputs, value):
    if inputs["kind"] == "refusal":
        return refuses()(inputs, value)
    if inputs["kind"] == "order":
        return order(inputs, value, 1)
    x, h = inputs["x"], inputs["h"]
    d = derivatives(inputs["f"], x)
    expected = d[1] + h / 2 * d[2] + h**2 / 6 * d[3] + h**3 / 24 * d[4] + h**4 / 120 * d[5]
    tolerance = roundoff(d, x, h) + 4 * h**5 / 720 * (abs(d[6]) + 1)
    central = d[1] + h**2 / 6 * d[3] + h**4 / 120 * d[5]
    return compare.number(_value(value), expected, tolerance, f"JAX: f' = {d[1]:.12g}, and h/2 f'' + … of the method's own", {
        "this is the backward difference: it looks to x - h": expected - h * d[2] - h**3 / 12 * d[4],
        "this is the central difference: the forward one uses f(x + h) and f(x)": central,
        "this is f(x + h) - f(x): it is not divided by h": expected * h,
        "divided by h twice": expected / h,
    })


def central_difference(inputs, value):
    if inputs["kind"] == "refusal":
        return refuses()(inputs, value)
    if inputs["kind"] == "order":
        return order(inputs, value, 2)
    x, h = inputs["x"], inputs["h"]
    d = derivatives(inputs["f"], x)
    expected = d[1] + h**2 / 6 * d[3] + h**4 / 120 * d[5]
    tolerance = roundoff(d, x, h) + 4 * h**6 / 5040 * (abs(d[6]) + 1) * 7
    forward = d[1] + h / 2 * d[2] + h**2 / 6 * d[3] + h**3 / 24 * d[4] + h**4 / 120 * d[5]
    return compare.number(_value(value), expected, tolerance, f"JAX: f' = {d[1]:.12g}, and h²/6 f''' + … of the method's own", {
        "divided by h where it should be 2 h": 2 * expected,
        "this is the forward difference: the central one uses f(x + h) and f(x - h)": forward,
        "this is the backward difference: the central one uses f(x + h) and f(x - h)": forward - h * d[2] - h**3 / 12 * d[4],
        "the steps are h/2 here: the points are x + h and x - h": d[1] + h**2 / 24 * d[3] + h**4 / 1920 * d[5],
        "not divided by 2 h": expected * 2 * h,
    })


def complex_step(inputs, value):
    if inputs["kind"] == "refusal":
        return refuses()(inputs, value)
    x, h = inputs["x"], inputs["h"]
    d = derivatives(inputs["f"], x)
    expected = d[1] - h**2 / 6 * d[3] + h**4 / 120 * d[5]
    # No subtraction, so no cancellation: the error is that of evaluating f' with complex numbers,
    # some EPS of the sizes of the sums in it (below 10 for these functions and points).
    tolerance = 64 * EPS * max(1, abs(d[1]), abs(d[2]))
    return compare.number(_value(value), expected, tolerance, f"JAX: f' = {d[1]:.16g}", {
        "this is the imaginary part itself: divide it by h": expected * h,
        "this is f(x): take the imaginary part, not the real one": d[0],
        "this is a real difference quotient with the step h: make the step imaginary": d[1] + h**2 / 6 * d[3],
    })


def romberg(f, x, h, levels):
    """Richardson's extrapolation in closed form: the polynomial in h² through the central
    differences at h/2^k, evaluated at 0 with Lagrange's weights. No table is involved."""
    steps = [h / 2**k for k in range(levels)]
    weights = [math.prod(t * t / (t * t - s * s) for t in steps if t != s) for s in steps]
    return sum(w * float(f(x + s, np) - f(x - s, np)) / (2 * s) for w, s in zip(weights, steps))


def richardson(inputs, value):
    if inputs["kind"] == "refusal":
        return refuses()(inputs, value)
    levels = inputs["levels"]
    if inputs["kind"] == "order":
        return order(inputs, value, 2 * levels)
    f, x, h = inputs["f"], inputs["x"], inputs["h"]
    expected = romberg(f, x, h, levels)
    d = derivatives(f, x, 1)
    # The weights add up to less than 2 in size; the smallest step divides the round-off.
    tolerance = 4 * roundoff(d, x, h / 2 ** (levels - 1))
    suspects = {"one level too few": romberg(f, x, h, levels - 1)} if levels > 1 else {}
    return compare.number(_value(value), expected, tolerance, f"extrapolated; JAX: f' = {d[1]:.12g}", suspects | {
        "one level too many": romberg(f, x, h, levels + 1),
        "this is the central difference at the smallest step: nothing is extrapolated":
            romberg(f, x, h / 2 ** (levels - 1), 1),
        "this is the central difference at h: nothing is extrapolated": romberg(f, x, h, 1),
    })


def order(inputs, value, expected_order):
    """Whether halving h divides the error by 2**expected_order, within a factor 2**0.4.

    For exp at these steps the next term bends the ratio by less than 2**0.2, and round-off is
    hundreds of times smaller than the errors.
    """
    values = value.get("values") if isinstance(value, dict) else None
    shown = f"an error divided by about {2**expected_order}"
    if not isinstance(values, list) or len(values) != 2 or any(as_float(v) is None for v in values):
        return Outcome(False, words(values), shown, "the function must return a number")
    exact = derivatives(inputs["f"], inputs["x"], 1)[1]
    errors = [abs(as_float(v) - exact) for v in values]
    if not all(0 < e < np.inf for e in errors):
        return Outcome(False, f"errors {errors[0]:.2g} and {errors[1]:.2g} against JAX", shown)
    measured = math.log2(errors[0] / errors[1])
    return Outcome(abs(measured - expected_order) < 0.4,
                   f"errors {errors[0]:.3g} and {errors[1]:.3g} against JAX's {exact:.6g}: order {measured:.2f}", shown,
                   "the order tells the method: 1 forward, 2 central, 2·levels Richardson; "
                   "near 0, the error does not shrink at all")


def optimal_step(inputs, value):
    if inputs["kind"] == "refusal":
        return refuses()(inputs, value)
    dtype, points, exponent = np.dtype(inputs["dtype"]).type, inputs["points"], 1 / (inputs["order"] + 1)
    eps = float(np.finfo(dtype).eps)
    if not isinstance(value, list) or len(value) != len(points):
        return Outcome(False, words(value), "a number for each point")
    for x, came in zip(points, value):
        h = as_float(came)
        if h is None or not math.isfinite(h) or h <= 0:
            return Outcome(False, f"h = {words(came)} at x = {x!r}", "a positive, finite number")
        judged = _exact_step if inputs["kind"] == "exact" else _size_of_step
        wrong = judged(dtype, x, h, eps, exponent)
        if wrong:
            return wrong
    return Outcome(True)


def _size_of_step(dtype, x, h, eps, exponent):
    size = max(1.0, abs(float(dtype(x))))
    ideal = eps**exponent * size
    if ideal / 4 <= h <= 4 * ideal:
        return None
    hint = ""
    if math.isclose(h, eps**exponent, rel_tol=0.3):
        hint = "the step does not grow with x: multiply by max(1, abs(x))"
    elif any(math.isclose(h, eps**e * size, rel_tol=0.3) for e in (1 / 2, 1 / 3) if e != exponent):
        hint = "the exponent is that of the other order: it is 1/(order + 1)"
    elif dtype == np.float32 and h < ideal:
        hint = "much too small for float32: use np.finfo(dtype).eps"
    return Outcome(False, f"h = {h:.4g} at x = {x!r}", f"within a factor 4 of {ideal:.4g}", hint)


def _exact_step(dtype, x, h, eps, exponent):
    a, step, name = dtype(x), dtype(h), np.dtype(dtype).name
    if float(step) != h:
        return Outcome(False, f"h = {h!r} at x = {x!r}", f"a number that {name} can hold",
                       f"compute in {name} from the start")
    made = (a + step) - a
    if made == step:
        return None
    return Outcome(False, f"at x = {x!r}, h = {h!r}: (x + h) - x = {float(made)!r}", f"h itself, in {name}",
                   "x + h is rounded; take as h the step that is really made, (x + h) - x")


def along(f, x, v):
    """The derivatives of t → f(x + t v) at 0, from the 0th to the 6th, by JAX."""
    return _along(f, x.shape, x.tobytes(), v.tobytes())


@lru_cache(maxsize=512)
def _along(f, shape, x, v):
    x, v = (np.frombuffer(bits).reshape(shape) for bits in (x, v))
    return derivatives(lambda t, xp: f(x + t * v, xp), 0.0)


def numerical_gradient(inputs, value):
    if inputs["kind"] == "refusal":
        return refuses()(inputs, value)
    f, x, h = inputs["f"], inputs["x"], inputs["h"]
    if inputs["kind"] == "x":
        return _unchanged(value, {"x": x})
    if inputs["kind"] == "calls":
        return _calls(value, inputs["calls"], exactly=False)
    expected, forward, tolerance = np.zeros(x.shape), np.zeros(x.shape), 0.0
    reach = float(np.max(np.abs(x)))
    for index in np.ndindex(x.shape):
        seed = np.zeros(x.shape)
        seed[index] = 1.0
        d = along(f, x, seed)
        expected[index] = d[1] + h**2 / 6 * d[3] + h**4 / 120 * d[5]
        forward[index] = d[1] + h / 2 * d[2] + h**2 / 6 * d[3] + h**3 / 24 * d[4]
        tolerance = max(tolerance, roundoff(d, reach, h) + 4 * h**6 / 720 * (abs(d[6]) + 1))
    return compare.array(_value(value), expected, tolerance, "JAX's derivatives, and h²/6 ∂³f of the method's own", {
        "divided by h where it should be 2 h": 2 * expected,
        "these are forward differences: use x + h e and x - h e": forward,
        "all elements share one step: move one coordinate at a time": np.full(x.shape, np.sum(expected)),
    })


def directional_derivative(inputs, value):
    if inputs["kind"] == "refusal":
        return refuses()(inputs, value)
    f, x, v, h = (inputs[k] for k in ("f", "x", "v", "h"))
    if inputs["kind"] == "x":
        return _unchanged(value, {"x": x, "v": v})
    if inputs["kind"] == "calls":
        return _calls(value, 2, exactly=True)
    d = along(f, x, v)
    expected = d[1] + h**2 / 6 * d[3] + h**4 / 120 * d[5]
    # In units of v's elements: x + h v is rounded by EPS |x|, which moves f by EPS |x/v| |v·∇f|.
    reach = float(np.max(np.abs(x)) / np.min(np.abs(v)))
    tolerance = roundoff(d, reach, h) + 4 * h**6 / 720 * (abs(d[6]) + 1)
    length = float(np.sqrt(np.sum(v * v)))
    unit = along(f, x, v / length)
    return compare.number(_value(value), expected, tolerance, f"JAX's jvp: {d[1]:.12g}, and h²/6 of the third derivative", {
        "divided by h where it should be 2 h": 2 * expected,
        "v was normalised: take it as it is given": unit[1] + h**2 / 6 * unit[3] + h**4 / 120 * unit[5],
        "this is the forward difference: use x + h v and x - h v": expected + h / 2 * d[2] + h**3 / 24 * d[4],
    })


def _unchanged(value, originals):
    for name, original in originals.items():
        came = value.get(name) if isinstance(value, dict) else None
        if not isinstance(came, np.ndarray) or came.shape != original.shape or not np.array_equal(came, original):
            return Outcome(False, f"{name} is now {words(came)}", f"{name} as it was, {words(original)}",
                           "work on a copy: x.copy(), or x + h * e, which makes a new array")
    return Outcome(True)


def _calls(value, allowed, exactly):
    calls = value.get("calls") if isinstance(value, dict) else None
    right = isinstance(calls, int) and (calls == allowed if exactly else 0 < calls <= allowed)
    wanted = f"exactly {allowed} calls" if exactly else f"at most {allowed} calls"
    return Outcome(right, f"{calls} calls of f", wanted, "call f at x + h v and at x - h v only" if exactly else
                   "two calls a coordinate, at x + h e and at x - h e, are enough")


REFERENCES = {
    "forward_difference": forward_difference,
    "central_difference": central_difference,
    "complex_step": complex_step,
    "richardson": richardson,
    "optimal_step": optimal_step,
    "numerical_gradient": numerical_gradient,
    "directional_derivative": directional_derivative,
}
