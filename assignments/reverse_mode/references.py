"""The answers of assignment 4: JAX's derivatives on the same inputs, tolerances, and hints.

A wrong gradient of a graph is compared with what well-known wrong ways of going back would give
(`imitate`), so that the hint can name the mistake.

Tolerances (EPS is the spacing of float64 at 1, 2.2e-16):
- one operation: a value or slope is some ten roundings of intermediate results below 10 in size;
  64 EPS of the largest of them leaves room for any way to write the rule.
- graphs of + and * with positive numbers: nothing cancels, so each slope is right to EPS times the
  number of operations on the way, of which there are 12 at most; 64 EPS relative.
- programs: see `drawn` in autograder/expressions.py; the programs written out here have values and
  slopes of the same moderate size and fewer than 100 operations.
"""

import math
from collections.abc import Mapping
from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np

from autograder import compare
from autograder.assignment import Outcome
from autograder.compare import EPS, as_float, words
from autograder.expressions import BINARY

ROUND = 64 * EPS
PROGRAM = 1e-10
BOUND = 4                         # a ratio of times, over the ratio of sizes, that still counts as in proportion
JNP = {name: getattr(jnp, name) for name in ("sin", "cos", "exp", "log", "tanh")}
MATH = {name: getattr(math, name) for name in JNP}

ADD = "a contribution is lost: a Var that is used several times gets += from each use, not ="
EARLY = ("a Var passed its grad on before all who used it had added to it: go through the Vars in an order in which "
         "each comes after everything that was computed from it")
AGAIN = ("a Var passes its whole grad on each time it is reached, so that a part counts twice: let each Var pass it on "
         "once, after all who used it")
STALE = "left over from an earlier call: set the grad of every Var that out depends on to 0.0 first, not of the inputs only"
OTHERS = "a Var that out does not depend on was set to 0.0: it keeps what it had"


# ---------------------------------------------------------------- 1 and 2: values

def values(inputs, value):
    """Values by Python's own arithmetic, which is what a Var's value is made with."""
    if inputs["kind"] == "operands":
        return _operands(inputs, value)
    trials = inputs.get("trials")
    expected = inputs.get("expected") or [t.perform([v for _, v in t.operands], MATH) for t in trials]
    plain = [bool(trials) and all(kind == "number" for kind, _ in t.operands) for t in trials or expected]
    came = value if isinstance(value, list) and len(value) == len(expected) else [value] * len(expected)
    for k, (text, right) in enumerate(zip(inputs["texts"], expected)):
        swapped = trials[k].perform([v for _, v in trials[k].operands[::-1]], MATH) if trials and not plain[k] else None
        wrong = _error(text, came[k]) or _value(text, came[k], float(right), plain[k], swapped)
        if wrong:
            return wrong
    return Outcome(True)


def _value(text, came, right, plain, swapped):
    came = came if isinstance(came, dict) else {}
    is_var = "value" in came
    got = came.get("value" if is_var else "plain")
    number, shown = as_float(got), f"{'the number' if plain else 'a Var of value'} {right:.12g}"
    said = f"{text} gives {'a Var of value ' if is_var else ''}{words(got)}"
    if is_var == plain or number is None:
        return Outcome(False, said, shown, "a number in, a number out: only a Var gives a Var" if plain else
                       "an operation with a Var gives a Var, and its value is a number")
    if not _near(number, right):
        suspects = {} if swapped is None else {
            "the operands are swapped: 2 - a calls a.__rsub__(2), and there self is on the right": float(swapped)}
        return Outcome(False, said, shown, compare.cause(number, right, ROUND * max(1, abs(right)), suspects))
    if is_var and as_float(came.get("grad")) != 0.0:
        return Outcome(False, f"{text} has the grad {words(came.get('grad'))}", "grad 0.0, as there was no backward yet",
                       "start every Var with grad = 0.0")
    return None


def _near(came, right):
    return abs(came - right) <= ROUND * max(1, abs(right))


def _operands(inputs, value):
    if wrong := _error("an operation", value):
        return wrong
    for name in ("x", "y"):
        came = value.get(name) if isinstance(value, dict) else None
        came = came if isinstance(came, dict) else {}
        if as_float(came.get("value")) != inputs[name] or as_float(came.get("grad")) != 0.0:
            return Outcome(False, f"an operand is now value {words(came.get('value'))}, grad {words(came.get('grad'))}",
                           f"value {inputs[name]}, grad 0.0, as before",
                           "make a new Var for the result; do not change self or other")
    return Outcome(True)


def _error(text, came):
    """The outcome of a trial that ended in an exception; None for any other."""
    error, hint = compare.exception(came), ""
    if not error:
        return None
    if "unsupported operand" in error:
        hint = "is an operator missing, or its reflected form, such as __radd__ for a number on the left?"
    elif "**" in text and error.startswith(("ZeroDivisionError", "ValueError: math domain", "ValueError: expected")):
        hint = ("a slope that is not needed, or is 0 anyway, is computed where it does not exist: "
                "log(a) or a ** (n - 1) at a = 0 or below")
    return Outcome(False, f"{text}: {error}", "an answer without an exception", hint)


# ---------------------------------------------------------------- 3: backward

@lru_cache(maxsize=2048)
def adjoints(steps, out):
    """The slope of `out` with respect to every Var made in `steps`, by JAX: each Var is shifted by a number, all 0."""
    names = [name for kind, name, *_ in steps if kind != "back"]

    def value(shifts):
        env = {}
        for kind, name, *operands in steps:
            if kind == "Var":
                env[name] = operands[0] + shifts[name]
            elif kind != "back":
                env[name] = BINARY[kind](*[env[o] if isinstance(o, str) else o for o in operands]) + shifts[name]
        return env[out]

    with compare.x64():
        return {name: float(g) for name, g in jax.grad(value)(dict.fromkeys(names, 0.0)).items()}


@lru_cache(maxsize=1024)
def snapshots(steps):
    """After each backward of a session, the right grads of all Vars: by JAX where out depends on them, else as before."""
    parents, grads, result = {}, {}, []
    for k, (kind, name, *operands) in enumerate(steps):
        if kind != "back":
            parents[name], grads[name] = [o for o in operands if isinstance(o, str)], 0.0
            continue
        slopes = adjoints(steps[:k], name)
        grads |= {n: slopes[n] for n in below(parents, name)}
        result.append(dict(grads))
    return result


def below(parents, out):
    """All that `out` depends on, itself included."""
    found, waiting = set(), [out]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += parents[name]
    return found


def as_made(parents, out):
    """The right order: as the Vars were made, backwards."""
    reached = below(parents, out)
    return [name for name in reversed(parents) if name in reached]


def depth_first(parents, out, before=True, seen=None):
    """Depth-first: each Var before what it was made of, or after it."""
    seen = set() if seen is None else seen
    if out in seen:
        return []
    seen.add(out)
    inside = [n for parent in parents[out] for n in depth_first(parents, parent, before, seen)]
    return [out, *inside] if before else [*inside, out]


def breadth_first(parents, out, once=True, last=False):
    """In waves from the result on, or with a stack where `last`; each Var once, or as often as it is reached."""
    order, waiting = [], [out]
    while waiting and len(order) < 5000:
        name = waiting.pop(-1 if last else 0)
        if not (once and name in order):
            order.append(name)
            waiting += parents[name]
    return order


MISTAKES = [        # (hint, order, whether contributions are added, which grads start at 0)
    (ADD, as_made, False, "below"),
    (ADD, lambda p, o: depth_first(p, o, before=False)[::-1], False, "below"),
    (STALE, as_made, True, "nothing"),
    (STALE, as_made, True, "leaves"),
    (STALE, as_made, True, "not out"),
    (OTHERS, as_made, True, "everything"),
    (EARLY, depth_first, True, "below"),
    (EARLY, breadth_first, True, "below"),
    (EARLY, lambda p, o: breadth_first(p, o, last=True), True, "below"),
    (EARLY, lambda p, o: depth_first(p, o, before=False), True, "below"),
    (EARLY, lambda p, o: as_made(p, o)[::-1], True, "below"),
    (AGAIN, lambda p, o: breadth_first(p, o, once=False), True, "below"),
    (AGAIN, lambda p, o: breadth_first(p, o, once=False, last=True), True, "below"),
]


def imitate(steps, order, added, fresh):
    """The grads that a way of going back gives, right or wrong."""
    parents, slopes, value, grads, result = {}, {}, {}, {}, []
    for kind, name, *operands in steps:
        if kind != "back":
            numbers = [value[o] if isinstance(o, str) else o for o in operands]
            value[name] = numbers[0] if kind == "Var" else BINARY[kind](*numbers)
            factors = numbers[::-1] if kind == "*" else [1.0] * len(numbers)
            pairs = [(o, f) for o, f in zip(operands, factors) if isinstance(o, str)]
            parents[name], slopes[name], grads[name] = [o for o, _ in pairs], pairs, 0.0
            continue
        for other in {"nothing": (), "everything": list(grads)}.get(fresh, below(parents, name)):
            if fresh != "leaves" or not parents[other]:
                grads[other] = 0.0
        grads[name] = 1.0
        for place in order(parents, name):
            for parent, factor in slopes[place]:
                grads[parent] = (grads[parent] if added else 0.0) + grads[place] * factor
        result.append(dict(grads))
    return result


def backward(inputs, value):
    kind = inputs["kind"]
    if kind == "growth":
        return _growth(inputs, value)
    if kind == "doublings" and isinstance(value, dict) and "ratio" in value:
        times, ratio = value.get("doublings"), as_float(value["ratio"])
        return Outcome(False, f"{words(times)} doublings took {words(ratio)[:5]} times as long as 8", "about twice as long",
                       "is every way from the result to an input walked on its own? Each doubling makes twice as many; "
                       "visit each Var once")
    if kind in ("chains", "doublings"):
        return _slopes(inputs, value, _chains(inputs) if kind == "chains" else [[2.0**200]] * 2 + [[1.0]])
    right = [snapshots(steps) for steps in inputs["steps"]]
    came = value if isinstance(value, list) and len(value) == len(right) else [value] * len(right)
    for k, text in enumerate(inputs["texts"]):
        wrong = _error(text, came[k]) or _session(text, inputs["steps"][k], came[k], right[k], inputs)
        if wrong:
            return wrong
    return Outcome(True)


def _session(text, steps, came, right, inputs):
    seen = came.get("seen") if isinstance(came, dict) else None
    if not isinstance(seen, list) or [len(s) if isinstance(s, list) else -1 for s in seen] != [len(r) for r in right]:
        return Outcome(False, f"{text}: {words(came)}", "the grads of all Vars")
    for number, (grads, expected) in enumerate(zip(seen, right), 1):
        for got, (name, slope) in zip(grads, expected.items()):
            if not _same(got, slope):
                after = f" after backward number {number}" if len(right) > 1 else ""
                return Outcome(False, f"{text}: {name}.grad is {words(got)}{after}", f"{name}.grad = {slope:.12g} (JAX)",
                               _mistake(steps, seen, inputs["hint"], got))
    if inputs["returns"] and came.get("nothing") is not True:
        return Outcome(False, f"{text}: backward returned something", "None", "backward only sets grads; it returns nothing")
    return None


def _same(got, slope):
    number = as_float(got)
    return number is not None and abs(number - slope) <= ROUND * max(1, abs(slope))


def _mistake(steps, seen, hint, got):
    """The hint of the first wrong way that gives exactly these grads, or else the usual cause."""
    if as_float(got) is None:
        return "every Var needs a grad that is a number"
    names, results = [n for kind, n, *_ in steps if kind != "back"], [n for kind, n, *_ in steps if kind == "back"]
    if any(as_float(grads[names.index(out)]) != 1.0 for grads, out in zip(seen, results)):
        return "the result itself gets the grad 1.0, which is where going back starts"
    for known, *way in MISTAKES:
        for grads, wrong in zip(seen, imitate(steps, *way)):
            if not all(_same(g, w) for g, w in zip(grads, wrong.values())):
                break
        else:
            return known
    return hint


def _chains(inputs):
    """The slopes of the chains by algebra: y + x is x's slope plus 1; c y + 2.5 w is a geometric sum."""
    n, c = inputs["turns"], inputs["factor"]
    return [[inputs["deep"] + 1.0, 0.0], [c**n, inputs["each"] * (1 - c**n) / (1 - c)]]


def _slopes(inputs, value, right):
    """Long chains: each of n roundings is EPS/2 of a slope at most, none cancels, and n is 20,000: 1e-11 relative."""
    came = value if isinstance(value, list) and len(value) == len(right) else [value] * len(right)
    for text, got, slopes in zip(inputs["texts"], came, right):
        if wrong := _error(text, got):
            return wrong
        got = got if isinstance(got, list) and len(got) == len(slopes) else [got]
        numbers = [as_float(g) for g in got]
        if len(numbers) != len(slopes) or not all(n is not None and abs(n - s) <= 1e-11 * max(1, s)
                                                  for n, s in zip(numbers, slopes)):
            return Outcome(False, f"{text}: the slopes are {words(got)}", f"{slopes} (algebra)", inputs.get("hint", ""))
    return Outcome(True)


def _growth(inputs, value):
    # y = y * r + x, n times from y = x: the slope is 1, then r s + 1, …; a way back that does nothing is fast, too.
    r, n = 0.9999, inputs["turns"]
    slope, came = r**n + (1 - r**n) / (1 - r), as_float(value.get("slope")) if isinstance(value, dict) else None
    # Each of the n sums rounds once.
    if came is None or not abs(came - slope) <= 4 * n * EPS * slope:
        return Outcome(False, f"after {2 * n:,} operations the slope {words(value.get('slope') if isinstance(value, dict) else value)}",
                       f"{slope:.12g} (algebra)")
    times = [as_float(value.get(k)) if isinstance(value, dict) else None for k in ("short", "long")]
    times = [math.nan if t is None else t for t in times]
    # Clocks may tick 60 times a second only: 20 short runs that take less than a tick count as one.
    ratio = times[1] / max(times[0], 1 / 60 / 20)
    times = inputs["times"]
    return Outcome(ratio <= BOUND * times, f"{times} times as many operations took {ratio:.0f} times as long",
                   f"about {times} times as long, {BOUND * times} at the very most",
                   "is a list searched for each Var (`v in done`)? A set of id(v) answers at once. "
                   "Is a list copied for each operation?")


# ---------------------------------------------------------------- 4: rules

@lru_cache(maxsize=4096)
def slopes_of(trial):
    """The slopes of one operation with respect to its Vars, weight included: by JAX, and by algebra for powers of 0."""
    places = [k for k, (kind, _) in enumerate(trial.operands) if kind == "Var"]
    numbers = [v for _, v in trial.operands]
    if trial.name == "**" and numbers[0] == 0:
        # JAX gives NaN for some of these. a ** n has the slope n a**(n-1), which is 0 at 0 but for n = 1;
        # 0 ** b is 0 for every b > 0, so that its slope along b is 0.
        return [float(k == 0 and numbers[1] == 1) for k in places]

    def f(*xs):
        operands = list(numbers)
        for k, x in zip(places, xs):
            operands[k] = x
        return trial.perform(operands, JNP) * trial.weight

    with compare.x64():
        return [float(g) for g in jax.grad(f, tuple(range(len(places))))(*[float(numbers[k]) for k in places])]


def rules(inputs, value):
    trials = inputs["trials"]
    right = [slopes_of(t) for t in trials]
    came = value if isinstance(value, list) and len(value) == len(trials) else [value] * len(trials)
    for trial, got, slopes in zip(trials, came, right):
        text = trial.text if trial.weight == 1 else f"({trial.text}) * {trial.weight}"
        if wrong := _error(text, got):
            return wrong
        got = got if isinstance(got, list) and len(got) == len(slopes) else [got] * len(slopes)
        for k, (grad, slope) in enumerate(zip(got, slopes)):
            if not _same(grad, slope):
                which = "" if len(slopes) == 1 else f" along the {('left', 'right')[k]} operand"
                return Outcome(False, f"{text}: the slope{which} is {words(grad)}",
                               f"{slope:.12g} ({'algebra' if trial.operands[0][1] == 0 else 'JAX'})",
                               _rule_hint(trial, as_float(grad), slope, slopes, k))
    return Outcome(True)


def _rule_hint(trial, got, slope, slopes, k):
    if got is None:
        return "every Var needs a grad that is a number"
    suspects = {} if trial.weight == 1 else {
        "this is the slope of the operation alone: multiply it by the grad of the result": slope / trial.weight}
    suspects |= {"this is the slope along the other operand": s for s in slopes if abs(s) != abs(slope)}
    suspects |= {"no contribution arrives: is this operand forgotten, or its grad not added to?": 0.0,
                 "twice too large: is a contribution added twice?": 2 * slope}
    return compare.cause(got, slope, ROUND * max(1, abs(slope)), suspects | _known_slips(trial, k))


def _known_slips(trial, k):
    """What known slips in the rule of one operation give."""
    x, y = float(trial.operands[0][1]), float(trial.operands[-1][1])
    place = [i for i, (kind, _) in enumerate(trial.operands) if kind == "Var"][k]
    with np.errstate(all="ignore"):
        if trial.name == "**":
            power = float(np.power(x, y))
            slips = {"the power stays as it is: the slope of a ** n is n * a ** (n - 1)": y * power,
                     "the factor n is missing: the slope of a ** n is n * a ** (n - 1)":
                         float(np.power(x, y - 1)) if x else math.nan,
                     } if place == 0 else {
                     "the factor log(a) is missing: the slope of a ** b along b is a ** b * log(a)": power,
                     "this is the rule for the base: along the exponent b, a ** b has the slope a ** b * log(a)":
                         y * float(np.power(x, y - 1)) if x else math.nan}
        elif trial.name == "/":
            slips = {"the denominator is to be squared: the slope of a / b along b is -a / b**2": -x / y,
                     "divided by b squared where it should be b": 1 / y**2}
        else:
            slips = {"tanh": {"the slope of tanh(x) is 1 - tanh(x)**2; this is 1 - x**2": 1 - x * x,
                              "the slope of tanh(x) is 1 - tanh(x)**2: is the square missing?": 1 - math.tanh(x)},
                     "sin": {"sin'(x) is cos(x)": math.sin(x)}, "cos": {"cos'(x) is -sin(x)": math.cos(x)},
                     "exp": {"exp'(x) is exp(x) itself": x * math.exp(min(x, 9) - 1)},
                     "log": {"log'(x) is 1 / x": math.log(abs(x) or 1)}}.get(trial.name, {})
    return {hint: answer * trial.weight for hint, answer in slips.items()}


# ---------------------------------------------------------------- 5 and 6: grad, value_and_grad

@lru_cache(maxsize=2048)
def reference_of(call):
    """JAX's value and slopes of a call: (value, one slope for each of argnums)."""
    args = [float(v) if k in call.picked else v for k, v in enumerate(call.args)]
    with compare.x64():
        value, slopes = jax.value_and_grad(lambda *xs: call.f(*xs) * 1.0, call.picked)(*args)
        return float(value), [float(s) for s in slopes]


def grad(inputs, value):
    return _judge_calls(inputs, value, _grads)


def value_and_grad(inputs, value):
    return _judge_calls(inputs, value, _value_and_grads)


def _judge_calls(inputs, value, judge):
    calls = inputs["calls"]
    right = [reference_of(call) for call in calls]
    came = value if isinstance(value, list) and len(value) == len(calls) else [value] * len(calls)
    for call, got, expected in zip(calls, came, right):
        if wrong := _error(call.shown, got):
            return wrong
        got = got if isinstance(got, dict) else {}
        strange = got.get("strange")
        if isinstance(strange, list) and strange:
            return Outcome(False, f"{call.shown}: {words(strange[0])}", "arguments outside argnums as they were given",
                           "make a Var of the arguments in argnums, where 0 is the first, and of no other: "
                           "pass those on unchanged")
        if wrong := judge(call, got, *expected):
            return wrong
        if inputs["kind"] == "once" and got.get("calls") != 1:
            return Outcome(False, f"{call.shown}: f was called {words(got.get('calls'))} times", "one call of f",
                           "one forward pass and one backward give the slopes along all arguments")
    return Outcome(True)


def _grads(call, got, value, slopes):
    flags = got.get("tuple")
    return _slopes_of_call(call, got.get("result"), slopes, isinstance(flags, list) and flags[:1] == [True], value)


def _value_and_grads(call, got, value, slopes):
    result, flags = got.get("result"), got.get("tuple")
    if not isinstance(result, list) or len(result) != 2 or not isinstance(flags, list) or flags[:1] != [True]:
        return Outcome(False, f"{call.shown}: {words(result)}", "a tuple of two: the value, and the slope or slopes",
                       "return value, slope")
    number = as_float(result[0])
    if number is None or not _same(number, value):
        hint = "is f called with the arguments as they came?"
        if number is None:
            hint = "return the value as a number, not as a Var"
        if _same(result[1], value) or isinstance(result[0], list):
            hint = "first the value, then the slope"
        return Outcome(False, f"{call.shown}: the value is {words(result[0])}", f"{value:.12g}", hint)
    return _slopes_of_call(call, result[1], slopes, flags[1:] == [True], value)


def _slopes_of_call(call, came, slopes, is_tuple, value):
    """The slopes: a number for an int, a tuple for a tuple."""
    if isinstance(call.argnums, tuple):
        shown = f"the tuple ({', '.join(f'{s:.12g}' for s in slopes[:6])}{', …' if len(slopes) > 6 else ''}) (JAX)"
        if not isinstance(came, list) or len(came) != len(slopes) or not is_tuple:
            hint = f"for a tuple of argnums return a tuple, one slope for each{', also for one' if len(slopes) == 1 else ''}"
            return Outcome(False, f"{call.shown}: {words(came)}", shown, hint)
    else:
        came, shown = [came], f"{slopes[0]:.12g} (JAX)"
        if isinstance(came[0], list):
            return Outcome(False, f"{call.shown}: {words(came[0])}", shown,
                           "for an int return one float, not a tuple or list")
    if all(_same(got, slope) for got, slope in zip(came, slopes)):
        return None
    said = words(came if isinstance(call.argnums, tuple) else came[0])
    return Outcome(False, f"{call.shown}: {said}", shown, _call_hint(came, slopes, value))


def _call_hint(came, slopes, value):
    numbers = [as_float(got) for got in came]
    if any(n is None for n in numbers):
        if any(got is None for got in came):
            return "a slope is None: an argument that f does not use has the slope 0.0"
        return "return the grad of each input, a float; not a Var"
    if any(slopes) and all(_same(n, 2 * s) for n, s in zip(numbers, slopes)):
        return "twice too large: does backward run twice, or is a grad left over from an earlier call?"
    if len(slopes) > 1 and all(map(_same, sorted(numbers), sorted(slopes))):
        return "the right slopes in another order: they belong in the order of argnums"
    if all(_same(n, value) for n in numbers):
        return "this is the value of f: return the grad of the input"
    if all(abs(n - s) <= 1e-5 * max(1, abs(s)) for n, s in zip(numbers, slopes)):
        return "right to some digits only: is this a difference of values? The slopes come from one way back"
    return ""


# ---------------------------------------------------------------- 7: graphs

@lru_cache(maxsize=512)
def program_slopes(program):
    """JAX's value and gradient of a program."""
    with compare.x64():
        value, slopes = jax.value_and_grad(lambda xs: program.run(xs, JNP))([float(x) for x in program.xs])
        return float(value), [float(s) for s in slopes]


def graphs(inputs, value):
    right, slopes = program_slopes(inputs["program"])
    came: Mapping = value if isinstance(value, dict) else {}
    if inputs["valued"]:
        number = as_float(came.get("value"))
        if number is None or not abs(number - right) <= PROGRAM:
            return Outcome(False, f"the value {words(came.get('value'))}", f"{right:.12g}",
                           "is a value wrong, or returned as a Var? See the questions values and value_and_grad")
    grads, shown = came.get("grads"), f"({', '.join(f'{s:.12g}' for s in slopes)}) ± {PROGRAM} (JAX)"
    numbers = [as_float(g) for g in grads] if isinstance(grads, list) else []
    if len(numbers) != len(slopes) or any(n is None for n in numbers):
        return Outcome(False, words(grads), shown, "a tuple of floats, one for each input")
    errors = [abs(n - s) for n, s in zip(numbers, slopes)]
    if all(e <= PROGRAM for e in errors):
        return Outcome(True)
    hint = "a rule of one operation, or the order of going back, is wrong: look at the questions backward and rules first"
    if all(e <= 1e-5 * max(1, abs(s)) for e, s in zip(errors, slopes)):
        hint = "right to some digits only: does float32 leak in, or is a slope a difference?"
    return Outcome(False, words(numbers), shown, hint)


REFERENCES = {
    "values": values,
    "functions": values,
    "backward": backward,
    "rules": rules,
    "grad": grad,
    "value_and_grad": value_and_grad,
    "graphs": graphs,
}
