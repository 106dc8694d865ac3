"""What assignment 1 asks: the functions, points and steps of every question, drawn from a seed.

This file is all that runs beside a student's code; the answers are in `references.py`.
Every question is a function that takes a NumPy generator and returns a list of cases.
"""

import math

import numpy as np

from autograder.assignment import Case
from autograder.probe import Probe, exceptions

NAN, INF = float("nan"), float("inf")
BAD_STEPS = [0.0, -1e-3, NAN, INF, -INF]


def scalar_functions(rng):
    """Smooth functions f(x, xp) of one variable, analytic near the real axis, with their text.

    The offsets keep every derivative up to the third away from 0 in most places, so that each
    order of the error can be seen.
    """
    a, b = np.round(rng.uniform(0.7, 1.3), 2), np.round(rng.uniform(0.3, 0.9), 2)
    return [
        (f"exp({a} x) + {b}", lambda x, xp: xp.exp(a * x) + b),
        (f"sin({a} x + {b})", lambda x, xp: xp.sin(a * x + b)),
        (f"x**3 - {a} x**2 + {b}", lambda x, xp: x * x * x - a * x * x + b),
        (f"1 / ({a} + x**2)", lambda x, xp: 1 / (a + x * x)),
        (f"log({a} + x**2)", lambda x, xp: xp.log(a + x * x)),
        (f"exp(-{b} x) cos({a} x)", lambda x, xp: xp.exp(-b * x) * xp.cos(a * x)),
    ]


def array_function(rng, shape):
    """A function of an array that couples its elements: sum(c x²) + sin(sum(b x)), with its text."""
    b, c = np.asarray(rng.uniform(0.4, 0.9, shape)), np.asarray(rng.uniform(0.5, 1.5, shape))
    return "sum(c x²) + sin(sum(b x))", lambda x, xp: xp.sum(c * x * x) + xp.sin(xp.sum(b * x))


def _point(rng):
    """A point away from 0, where even functions would have a zero derivative."""
    return float(np.round(rng.choice([-1, 1]) * rng.uniform(0.3, 1.4), 3))


def _at_point(method, text, f, x, h, **extra):
    """The case "method(f, x, h)" for one function at one point."""
    arguments = [h, *extra.values()]
    shown = "".join(f", {k} = {v}" for k, v in extra.items())

    def ask(student):
        probe = Probe(f)
        value = student(probe.f, x, *arguments)
        return {"value": value, "calls": probe.calls, "traced": probe.traced}

    return Case(f"{method} of f(x) = {text} at x = {x}, h = {h:g}{shown}", ask,
                {"kind": "value", "f": f, "x": float(x), "h": h, **extra})


def _order(method, h, x, a, **extra):
    """The case that halves h and looks at the error, for f = exp(a x)."""
    def f(x, xp):
        return xp.exp(a * x)

    def ask(student):
        probe = Probe(f)
        values = [student(probe.f, x, step, *extra.values()) for step in (h, h / 2)]
        return {"values": values, "traced": probe.traced}

    shown = "".join(f", {k} = {v}" for k, v in extra.items())
    return Case(f"{method} of exp({a} x) at x = {x}: the error when h = {h} is halved{shown}", ask,
                {"kind": "order", "f": f, "x": x, "h": h, **extra})


def _bad_steps(method, steps, extra=()):
    calls = [f"h = {h}" for h in steps]
    return Case(f"{method} with {', '.join(calls)} must raise ValueError",
                lambda student: exceptions(student, *[(Probe(lambda x, xp: x * x).f, 1.0, h, *extra) for h in steps]),
                {"kind": "refusal", "calls": calls})


def _differences(method, steps):
    """The questions forward_difference and central_difference differ in the steps only."""
    def cases(rng):
        functions = scalar_functions(rng)
        picks = rng.permutation(len(functions))[:4]
        result = [_at_point(method, *functions[i], _point(rng), h) for i, h in zip(picks, steps)]
        result.append(_at_point(method, *functions[0], 3, steps[0]))  # an int, and far enough out to see a step scaled with x
        result.append(_order(method, 2.0 ** -4, float(np.round(rng.uniform(0.2, 0.6), 2)), 1.1))
        result.append(_bad_steps(method, BAD_STEPS[:2]))
        result.append(_bad_steps(method, BAD_STEPS[2:]))
        return result

    return cases


def complex_step(rng):
    functions = scalar_functions(rng)
    picks = rng.permutation(len(functions))
    result = [_at_point("complex_step", *functions[i], _point(rng), h) for i, h in zip(picks, [1e-20, 1e-30, 1e-12])]
    # Left to its default, h = 1e-20: the student's function is called with two arguments.
    for i in picks[3:5]:
        text, f = functions[i]
        x = _point(rng)

        def ask(student, f=f, x=x):
            probe = Probe(f)
            return {"value": student(probe.f, x), "calls": probe.calls, "traced": probe.traced}

        result.append(Case(f"complex_step of f(x) = {text} at x = {x}, h left out", ask,
                           {"kind": "value", "f": f, "x": x, "h": 1e-20}))
    # With a coarse h the method's own error -h²/6 f''' shows whether the step is really imaginary.
    result.append(_at_point("complex_step", *functions[0], _point(rng), 1e-3))
    result.append(_at_point("complex_step", *functions[0], 3, 1e-20))
    result.append(_bad_steps("complex_step", BAD_STEPS[:2]))
    result.append(_bad_steps("complex_step", BAD_STEPS[2:]))
    return result


def richardson(rng):
    functions = scalar_functions(rng)
    picks = rng.permutation(len(functions))
    result = [_at_point("richardson", *functions[i], _point(rng), h, levels=levels)
              for i, h, levels in zip(picks, [0.1, 0.4, 0.3, 0.2, 0.2], [1, 2, 3, 4, 5])]
    result.append(_at_point("richardson", *functions[0], 3, 0.25, levels=3))
    result.append(_at_point("richardson", *functions[0], 0.5, 2.0, levels=6))  # so coarse that each level counts
    for levels in (1, 2, 3):
        result.append(_order("richardson", 0.5, float(np.round(rng.uniform(0.2, 0.6), 2)), 1.1, levels=levels))
    result.append(_bad_steps("richardson", BAD_STEPS, extra=(2,)))
    calls = ["levels = 0", "levels = -1"]
    result.append(Case("richardson with levels below 1 must raise ValueError",
                       lambda student: exceptions(student, *[(Probe(lambda x, xp: x * x).f, 1.0, 0.1, n) for n in (0, -1)]),
                       {"kind": "refusal", "calls": calls}))
    return result


def optimal_step(rng):
    result = []
    for dtype in (np.float64, np.float32):
        for order in (1, 2):
            eps = float(np.finfo(dtype).eps)
            step = eps ** (1 / (order + 1))
            sizes = [0.0, 1.0, -0.5, *np.round(rng.uniform(1, 9, 2), 3), -2000.0, 1e6]
            # Odd last bits, and points just below a power of two that x + h crosses: there the
            # grid doubles, and a step that is not fitted to it is not taken exactly.
            near = [float(dtype(2.0 ** k - rng.uniform(0.05, 0.9) * step * 2.0 ** (k - 1))) for k in (1, 2, 3, 1, 2, 3)]
            spread = [float(dtype(v)) for v in rng.uniform(0.3, 40, 6)]
            wide = [np.float64(v) for v in rng.uniform(0.3, 40, 4)]      # float32 cannot hold these: x is rounded first
            for kind, points in (("size", [float(p) for p in sizes]), ("exact", near + spread + wide)):
                result.append(_step_case(kind, points, order, dtype))
    calls = [f"order = {n}" for n in (0, 3, -1)]
    result.append(Case("optimal_step with order 0, 3 or -1 must raise ValueError",
                       lambda student: exceptions(student, *[(1.0, n, np.float64) for n in (0, 3, -1)]),
                       {"kind": "refusal", "calls": calls}))
    return result


def _step_case(kind, points, order, dtype):
    name = np.dtype(dtype).name
    title = {"size": f"optimal_step for order {order} in {name}: the size of h",
             "exact": f"optimal_step for order {order} in {name}: (x + h) - x == h exactly"}[kind]
    return Case(title, lambda student: [student(x, order, dtype) for x in points],
                {"kind": kind, "points": points, "order": order, "dtype": name})


def numerical_gradient(rng):
    shapes = [(5,), (2, 3), (), (4,)]
    result = [_gradient_case(rng, shape, h) for shape, h in zip(shapes, [1e-3, 1e-2, 1e-2, 3e-3])]
    result.append(_gradient_case(rng, (2, 2), 1e-2, readonly=True))
    result.append(_gradient_case(rng, (3,), 1e-2, watch="x"))
    result.append(_gradient_case(rng, (6,), 1e-2, watch="calls"))
    text, f = array_function(rng, (2,))
    calls = [f"h = {h}" for h in BAD_STEPS]
    result.append(Case(f"numerical_gradient with {', '.join(calls)} must raise ValueError",
                       lambda student: exceptions(student, *[(Probe(f).f, np.ones(2), h) for h in BAD_STEPS]),
                       {"kind": "refusal", "calls": calls}))
    return result


def _gradient_case(rng, shape, h, readonly=False, watch="value"):
    text, f = array_function(rng, shape)
    x = np.asarray(np.round(rng.uniform(1.2, 2.5, shape) * rng.choice([-1, 1], shape), 3))  # a scaled step shows

    def ask(student):
        probe, mine = Probe(f, shape), x.copy()
        mine.flags.writeable = not readonly
        value = student(probe.f, mine, h)
        return {"value": value, "calls": probe.calls, "traced": probe.traced, "x": mine}

    note = {"value": " (x is read-only)" if readonly else "", "x": ": is x left unchanged?",
            "calls": f": at most {2 * x.size} calls of f"}[watch]
    return Case(f"numerical_gradient of {text} at x of shape {shape}, h = {h:g}{note}", ask,
                {"kind": watch, "f": f, "x": x, "h": h, "calls": 2 * x.size})


def directional_derivative(rng):
    result = [_direction_case(rng, shape, h) for shape, h in zip([(4,), (2, 3), (3,), ()], [1e-3, 1e-2, 3e-3, 1e-2])]
    result.append(_direction_case(rng, (5,), 1e-2, watch="calls"))
    result.append(_direction_case(rng, (3,), 1e-2, watch="x"))
    text, f = array_function(rng, (3,))
    calls = [f"h = {h}" for h in BAD_STEPS]
    result.append(Case(f"directional_derivative with {', '.join(calls)} must raise ValueError",
                       lambda student: exceptions(student, *[(Probe(f).f, np.ones(3), np.ones(3), h) for h in BAD_STEPS]),
                       {"kind": "refusal", "calls": calls}))
    shapes = [(), (1,), (2,), (3, 1)]
    calls = [f"x of shape (3,) and v of shape {s}" for s in shapes]
    result.append(Case("directional_derivative with v shaped unlike x must raise ValueError",
                       lambda student: exceptions(student, *[(Probe(lambda x, xp: xp.sum(x * x)).f, np.ones(3), np.ones(s), 1e-3) for s in shapes]),
                       {"kind": "refusal", "calls": calls}))
    return result


def _direction_case(rng, shape, h, watch="value"):
    text, f = array_function(rng, shape)
    x = np.asarray(np.round(rng.uniform(-1, 1, shape), 3))
    v = np.asarray(np.round(rng.uniform(0.5, 1.5, shape), 3)) / math.sqrt(max(x.size, 1) / 3)

    def ask(student):
        probe, mine, along = Probe(f, shape), x.copy(), v.copy()
        value = student(probe.f, mine, along, h)
        return {"value": value, "calls": probe.calls, "traced": probe.traced, "x": mine, "v": along}

    note = {"value": "", "x": ": are x and v left unchanged?", "calls": ": exactly two calls of f"}[watch]
    return Case(f"directional_derivative of {text} at x of shape {shape}, h = {h:g}{note}", ask,
                {"kind": watch, "f": f, "x": x, "v": v, "h": h})


QUESTIONS = {
    "forward_difference": _differences("forward_difference", [1e-2, 1e-3, 1e-4, 3e-3]),
    "central_difference": _differences("central_difference", [3e-2, 1e-2, 1e-3, 1e-1]),
    "complex_step": complex_step,
    "richardson": richardson,
    "optimal_step": optimal_step,
    "numerical_gradient": numerical_gradient,
    "directional_derivative": directional_derivative,
}
HAND_WRITTEN = frozenset(QUESTIONS)          # no derivative transform while one of these is asked
