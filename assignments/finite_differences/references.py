"""The answers of assignment 1: JAX's derivatives on the same inputs, tolerances, and hints.

Each quotient of h has an error of its own that JAX's higher derivatives predict: the forward
difference is f' + h/2 f'' + h²/6 f''' + …, the central one f' + h²/6 f''' + …. The references are
those series, so that a check with a moderate h is sharp: a method of another order misses it.

Tolerances (EPS is the spacing of float64 at 1, 2.2e-16):
- round-off: a quotient of values of size |f| divides an error of a few EPS·|f| by h; so does the
  error of x + h itself, EPS·|x|·|f'|. The factor 16 leaves room for any order of the arithmetic.
- truncation: the series ends at the derivative of ORDER; four times its last terms bounds the
  rest, as every function here has a radius of convergence above 0.8 and every h is 0.1 at most.
"""

import math
from functools import lru_cache

import jax.numpy as jnp
import numpy as np
from jax.experimental.jet import jet

from autograder import compare
from autograder.assignment import Outcome
from autograder.compare import EPS, as_float, refuses, words

ORDER = 12


@lru_cache(maxsize=512)  # a class asks for the same ones again and again
def derivatives(f, x, order=ORDER):
    """[f(x), f'(x), …] up to `order` as floats, by Taylor-mode AD. f(x, xp) maps float to float."""
    return _taylor(f, np.float64(x), np.float64(1.0), order)


def _taylor(f, x, v, order=ORDER):
    """The derivatives of t → f(x + t v) at 0, from the 0th to the given one."""
    with compare.x64():
        series = [jnp.asarray(v)] + [jnp.zeros_like(v)] * (order - 1)
        value, coefficients = jet(lambda y: f(y, jnp), (jnp.asarray(x),), (series,))
        return [float(value), *map(float, coefficients)]


def forward_value(d, h):
    """What an exact forward difference gives: f' + h/2 f'' + h²/6 f''' + …; h may be negative."""
    return sum(h ** (k - 1) / math.factorial(k) * d[k] for k in range(1, len(d)))


def central_value(d, h):
    """What an exact central difference gives: f' + h²/6 f''' + …."""
    return sum(h ** (k - 1) / math.factorial(k) * d[k] for k in range(1, len(d), 2))


def roundoff(d, x, h):
    """The round-off that a right quotient of step h at x may have."""
    return 16 * EPS * (abs(d[0]) + abs(x * d[1]) + abs(h * d[1])) / h


def tolerance_of(d, x, h):
    """How far a right quotient of step h may be from its series: round-off and truncation."""
    last = max(h ** (k - 1) / math.factorial(k) * abs(d[k]) for k in (len(d) - 2, len(d) - 1))
    return roundoff(d, x, h) + 4 * last


def _value(value):
    return value.get("value") if isinstance(value, dict) else None


def forward_difference(inputs, value):
    if inputs["kind"] == "refusal":
        return refuses()(inputs, value)
    if inputs["kind"] == "order":
        return order(inputs, value, 1)
    x, h = inputs["x"], inputs["h"]
    d = derivatives(inputs["f"], x)
    expected = forward_value(d, h)
    source = f"JAX: f' = {d[1]:.12g}, and h/2 f'' + … of the method's own"
    return compare.number(_value(value), expected, tolerance_of(d, x, h), source, {
        "this is the backward difference: it looks to x - h": forward_value(d, -h),
        "this is the central difference: the forward one uses f(x + h) and f(x)": central_value(d, h),
        "this is f(x + h) - f(x): it is not divided by h": expected * h,
        "divided by h twice": expected / h,
        "f(x + h) is f(x) to the last digit: is the step below the round-off?": 0.0,
    })


def central_difference(inputs, value):
    if inputs["kind"] == "refusal":
        return refuses()(inputs, value)
    if inputs["kind"] == "order":
        return order(inputs, value, 2)
    x, h = inputs["x"], inputs["h"]
    d = derivatives(inputs["f"], x)
    expected = central_value(d, h)
    source = f"JAX: f' = {d[1]:.12g}, and h²/6 f''' + … of the method's own"
    return compare.number(_value(value), expected, tolerance_of(d, x, h), source, {
        "divided by h where it should be 2 h": 2 * expected,
        "this is the forward difference: the central one uses f(x + h) and f(x - h)": forward_value(d, h),
        "this is the backward difference: the central one uses f(x + h) and f(x - h)": forward_value(d, -h),
        "the points lie h/2 away: they should be x + h and x - h": central_value(d, h / 2),
        "not divided by 2 h": expected * 2 * h,
        "write / (2 * h): as / 2 * h it is divided by 2 and then multiplied by h": expected * h * h,
    })


def complex_step(inputs, value):
    if inputs["kind"] == "refusal":
        return refuses()(inputs, value)
    x, h = inputs["x"], inputs["h"]
    d = derivatives(inputs["f"], x)
    expected = sum((-1) ** (k // 2) * h ** (k - 1) / math.factorial(k) * d[k] for k in range(1, len(d), 2))
    # No subtraction, so no cancellation: the error is that of evaluating f' with complex numbers,
    # some EPS of the sizes of the sums in it (below 10 for these functions and points).
    tolerance = 64 * EPS * max(1, abs(d[1]), abs(d[2]))
    return compare.number(_value(value), expected, tolerance, f"JAX: f' = {d[1]:.16g}", {
        "this is the imaginary part itself: divide it by h": expected * h,
        "this is f(x): take the imaginary part, not the real one": d[0],
        "this is f(x)/h: take the imaginary part, not the real one": d[0] / h,
    } | _coarse_suspects(d, h, came=as_float(_value(value)), expected=expected))


def _coarse_suspects(d, h, came, expected):
    """A wrong number with six right digits or more comes from another method or another step."""
    if came is None or not abs(came - expected) < 1e-6 * max(1, abs(expected)):
        return {}
    return {"right to some digits only, where a complex step is right to the last: is the step "
            "real, or another one than the h asked for?": came}


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
    """The derivatives of t → f(x + t v) at 0, from the 0th on, by JAX."""
    return _along(f, x.shape, x.tobytes(), v.tobytes())


@lru_cache(maxsize=512)
def _along(f, shape, x, v):
    x, v = (np.frombuffer(bits).reshape(shape) for bits in (x, v))
    return derivatives(lambda t, xp: f(x + t * v, xp), 0.0, 8)


def numerical_gradient(inputs, value):
    if inputs["kind"] == "refusal":
        return refuses()(inputs, value)
    f, x, h = inputs["f"], inputs["x"], inputs["h"]
    if inputs["kind"] == "x":
        return _unchanged(value, {"x": x})
    if inputs["kind"] == "calls":
        return _calls(value, inputs["calls"], exactly=False)
    expected, forward, drifting, tolerance = np.zeros(x.shape), np.zeros(x.shape), np.zeros(x.shape), 0.0
    moved = x.copy()                     # where x is when each element is left at x - h
    reach = float(np.max(np.abs(x)))
    for index in np.ndindex(x.shape):
        d = along(f, x, _one_hot(x.shape, index))
        expected[index], forward[index] = central_value(d, h), forward_value(d, h)
        drifting[index] = central_value(along(f, moved, _one_hot(x.shape, index)), h)
        moved[index] -= h
        tolerance = max(tolerance, tolerance_of(d, reach, h))
    return compare.array(_value(value), expected, tolerance, "JAX's derivatives, and h²/6 ∂³f of the method's own", {
        "divided by h where it should be 2 h": 2 * expected,
        "these are forward differences: use x + h e and x - h e": forward,
        "each element stays moved while the next one moves: put it back, or work on a fresh copy": drifting,
        "every element moves at the same time: move one coordinate at a time":
            np.full(x.shape, central_value(along(f, x, np.ones(x.shape)), h)),
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
    expected = central_value(d, h)
    # In units of v's elements: x + h v is rounded by EPS |x|, which moves f by EPS |x/v| |v·∇f|.
    reach = float(np.max(np.abs(x)) / np.min(np.abs(v)))
    unit = along(f, x, v / float(np.sqrt(np.sum(v * v))))
    axes = sum(float(v[i]) * central_value(along(f, x, _one_hot(x.shape, i)), h) for i in np.ndindex(x.shape))
    source = f"JAX's jvp: {d[1]:.12g}, and h²/6 of the third derivative"
    return compare.number(_value(value), expected, tolerance_of(d, reach, h), source, {
        "divided by h where it should be 2 h": 2 * expected,
        "v was normalised: take it as it is given": central_value(unit, h),
        "this is the forward difference: use x + h v and x - h v": forward_value(d, h),
        "this is a sum of differences along the axes: two calls, along v itself, are enough": axes,
    })


def _one_hot(shape, index):
    seed = np.zeros(shape)
    seed[index] = 1.0
    return seed


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
