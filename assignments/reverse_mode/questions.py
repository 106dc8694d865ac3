"""What assignment 4 asks: operations, graphs, functions and points of every question, drawn from a seed.

This file is all that runs beside a student's code; the answers are in `references.py`.
Every question is a function that takes a NumPy generator and returns a list of cases. A case asks
several related trials, and passes if all of them are right.
"""

import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.assignment import Case
from autograder.asking import attempt
from autograder.expressions import BINARY, drawn

FUNCTIONS = ("sin", "cos", "exp", "log", "tanh")
DEEP = 20_000                        # operations of a chain that no recursion survives
TOO_DEEP = ("Python allows some 1,000 nested calls: go through the Vars with a loop and a list, "
            "not with a function that calls itself")
SHORT, LONG = 200, 6_000             # operations of two chains whose times are compared


# ---------------------------------------------------------------- what the trials are made of

@dataclass(frozen=True)
class Trial:
    """One operation: its name, and its operands as ("Var" or "number", value). `same`: both are one Var.

    weight: what the result is multiplied by before going back; 1 where nothing is multiplied.
    """

    name: str
    operands: tuple[tuple[str, Any], ...]
    same: bool = False
    weight: float = 1.0

    @property
    def text(self) -> str:
        shown = [f"Var({_literal(v)})" if kind == "Var" else _literal(v) for kind, v in self.operands]
        if self.same:
            return f"a {self.name} a with a = {shown[0]}"
        if len(shown) == 1:
            return f"-{shown[0]}" if self.name == "neg" else f"{self.name}({shown[0]})"
        return f" {self.name} ".join(f"({s})" if s.startswith("-") else s for s in shown)

    def perform(self, operands, functions=None):
        """The operation on operands of any type."""
        if self.name in BINARY:
            return BINARY[self.name](operands[0], operands[-1])
        return -operands[0] if self.name == "neg" else functions[self.name](operands[0])

    def made(self, var):
        """The operands, with the student's class for each Var."""
        made = [var(v) if kind == "Var" else v for kind, v in self.operands]
        return made[:1] * 2 if self.same else made


@dataclass(frozen=True, eq=False)
class Call:
    """A function of several arguments, the arguments, and with respect to which of them; None: argnums is left out.

    f computes with whatever numbers it is given: floats, JAX's, or a student's Var.
    """

    text: str
    f: Callable[..., Any]
    args: tuple[Any, ...]
    argnums: int | tuple[int, ...] | None = None

    @property
    def shown(self) -> str:
        args = ", ".join(map(_literal, self.args)) if len(self.args) < 6 else f"{len(self.args)} numbers"
        return f"f{self.text}, argnums {'left out' if self.argnums is None else self.argnums}, at ({args})"

    @property
    def picked(self) -> tuple[int, ...]:
        numbers = 0 if self.argnums is None else self.argnums
        return numbers if isinstance(numbers, tuple) else (numbers,)


def _literal(value) -> str:
    return f"np.float64({float(value)!r})" if isinstance(value, np.float64) else repr(value)


def part(thing, name):
    """An attribute of a result, or a sentence that says that there is none."""
    return getattr(thing, name) if hasattr(thing, name) else f"no .{name}, as it is a {type(thing).__name__}"


def _number(rng, low=0.6, high=1.9):
    """A float of three decimals that is no integer and not 1."""
    value = float(np.round(rng.uniform(low, high), 3))
    return value if abs(value - round(value)) > 0.02 else value + 0.137


def _numbers(rng, count, low=0.6, high=1.9):
    return [_number(rng, low, high) for _ in range(count)]


# ---------------------------------------------------------------- 1 and 2: values

def values(rng):
    cases = [_values_case(f"the value of a {name} b", [
        *_sides(rng, name), Trial(name, (("Var", _number(rng)),) * 2, same=True)]) for name in BINARY]
    a, b, u = _numbers(rng, 3)
    cases.append(_values_case("the value of -a", [Trial("neg", (("Var", v),)) for v in (a, -b, 3, np.float64(u))]))
    cases.append(Case("Var(v): its value is v, its grad 0.0", lambda var: [
        attempt(lambda v=v: _both(var(v))) for v in (a, 2, np.float64(b), -u)], {
        "kind": "values", "texts": [f"Var({_literal(v)})" for v in (a, 2, np.float64(b), -u)], "expected": [a, 2.0, b, -u]}))
    cases.append(_formula_case(*_numbers(rng, 2, 1.1, 1.9)))
    cases.append(_operands_case(a, b, "operations leave their operands as they are"))
    return cases


def _sides(rng, name):
    """An operation on two Vars, and with each kind of number on either side."""
    for kinds in ("VV", "Vi", "Vf", "Vn", "iV", "fV", "nV"):
        yield Trial(name, tuple(_operand(rng, kind) for kind in kinds))


def _operand(rng, kind):
    value = _number(rng)
    return {"V": ("Var", value), "f": ("number", value), "n": ("number", np.float64(value)),
            "i": ("number", int(rng.integers(2, 5)))}[kind]


def _both(result):
    """What a Var holds; a plain number as it is."""
    return {"value": result.value, "grad": part(result, "grad")} if hasattr(result, "value") else {"plain": result}


def _values_case(title, trials):
    def ask(var, *given):
        mine = dict(zip(FUNCTIONS, given))
        return [attempt(lambda t=t: _both(t.perform(t.made(var), mine))) for t in trials]

    return Case(title, ask, {"kind": "values", "texts": [t.text for t in trials], "trials": tuple(trials)})


def _formula_case(a, b):
    def formula(x, y):
        return (x + y) * -x / (3 - y) ** 2 - 2 ** (x - y) * (1 - x) / y

    return Case(f"the value of (a + b) * -a / (3 - b)**2 - 2**(a - b) * (1 - a) / b at a = {a}, b = {b}",
                lambda var: [attempt(lambda: _both(formula(var(a), var(b))))],
                {"kind": "values", "texts": ["this formula"], "expected": [formula(a, b)]})


def _operands_case(a, b, title):
    """Whether an operation moves the value or the grad of its operands."""
    def ask(var, *given):
        def look():
            x, y = var(a), var(b)
            _ = [g(x) for g in given] or [x + y, x - y, x * y, x / y, x ** y, -x, x + 2, 2 - x, 3 * x, 3 / x, x ** 2, 2 ** x]
            return {"x": _both(x), "y": _both(y)}

        return attempt(look)

    return Case(title, ask, {"kind": "operands", "x": a, "y": b})


def functions(rng):
    cases = []
    for name in FUNCTIONS:
        for kind in ("Var", "number"):
            points = [_number(rng, 0.3, 0.9), _number(rng, 1.1, 1.9), int(rng.integers(2, 4)), np.float64(_number(rng))]
            if name != "log":
                points.append(-_number(rng))
            cases.append(_values_case(f"{name} of a {kind}", [Trial(name, ((kind, p),)) for p in points]))
    cases.append(_operands_case(*_numbers(rng, 2), "a function leaves its argument as it is"))
    cases.append(_nested_case(*_numbers(rng, 2)))
    return cases


def _nested_case(a, b):
    def ask(var, sin, cos, exp, log, tanh):
        return [attempt(lambda: _both(exp(sin(var(a))) + cos(2.0) * log(tanh(var(b)) + 1)))]

    return Case(f"the value of exp(sin(a)) + cos(2.0) * log(tanh(b) + 1) at a = {a}, b = {b}", ask,
                {"kind": "values", "texts": ["this formula"],
                 "expected": [math.exp(math.sin(a)) + math.cos(2.0) * math.log(math.tanh(b) + 1)]})


# ---------------------------------------------------------------- 3: backward, on graphs of + and *

STEP = re.compile(r"(\w+) = (\S+)(?: ([+*]) (\S+))?\Z")
BACK = re.compile(r"backward\((\w+)\)\Z")


def parse(text: str) -> tuple[tuple, ...]:
    """The steps of a session like "a = 1.5; b = a + a; backward(b)".

    Returns: ("Var", name, value), ("+" or "*", name, left, right) with names or floats, and ("back", name).
    """
    steps = []
    for line in text.split("; "):
        if found := BACK.match(line):
            steps.append(("back", found[1]))
        else:
            name, first, operator, second = STEP.match(line).groups()
            operands = [v if v.isidentifier() else float(v) for v in (first, second) if v]
            steps.append((operator or "Var", name, *operands))
    return tuple(steps)


def _run_session(steps, var, backward):
    """Carry a session out; returns after each backward the grads of all Vars that there are, in the order of making."""
    made, seen, returned = {}, [], []
    for kind, name, *operands in steps:
        if kind == "back":
            returned.append(backward(made[name]) is None)
            seen.append([part(v, "grad") for v in made.values()])
        elif kind == "Var":
            made[name] = var(operands[0])
        else:
            made[name] = BINARY[kind](*[made[o] if isinstance(o, str) else o for o in operands])
    return {"seen": seen, "nothing": all(returned)}


def _sessions(title, texts, hint="", returns=False):
    steps = [parse(text) for text in texts]

    def ask(var, backward):
        return [attempt(lambda s=s: _run_session(s, var, backward)) for s in steps]

    return Case(title, ask, {"kind": "sessions", "texts": texts, "steps": steps, "hint": hint, "returns": returns})


def _random_graph(rng, size=10):
    """A session that makes `size` operations on earlier values, all below 12, and goes back from the last one."""
    value = {name: _number(rng, 0.4, 1.4) for name in "abc"}
    lines = [f"{name} = {v}" for name, v in value.items()]
    while len(value) < 3 + size:
        names = list(value)
        left, right = str(rng.choice(names[-4:])), str(rng.choice(names))
        kind = str(rng.choice(["+", "*"]))
        result = BINARY[kind](value[left], value[right])
        if 0.1 < result < 12:
            name = f"t{len(value)}"
            value[name] = result
            lines.append(f"{name} = {left} {kind} {right}")
    return "; ".join([*lines, f"backward({name})"])


def backward(rng):
    a, b, c, d = (f"a = {v[0]}; b = {v[1]}" for v in rng.permutation(np.round(np.linspace(0.55, 1.75, 8), 2)).reshape(4, 2))
    x = f"x = {_number(rng)}"
    last = "the same Var twice in one operation, or in two: it gets a contribution from each use, and they add up"
    return [
        _sessions("one operation, or none; backward returns None",
                  [f"{a}; y = a + b; backward(y)", f"{b}; y = a * b; backward(y)", f"{x}; y = x * 2.5; backward(y)",
                   f"{x}; y = x + 2.5; backward(y)", f"{x}; backward(x)",
                   f"{c}; t = a * b; y = t * 1.5; backward(y)"], returns=True),
        _sessions("fan-out: b = a + a; c = b + b",
                  [f"{x}; b = x + x; c = b + b; backward(c)", f"{x}; b = x * x; backward(b)",
                   f"{x}; b = x * x; c = b * b; backward(c)",
                   f"{x}; b = x + x; c = b * b; d = c + c; backward(d)"], hint=last),
        _sessions("a Var that is used early and late, such as y = x * x; y + x * y",
                  [f"{x}; y = x * x; z = x * y; w = y + z; backward(w)",
                   f"{x}; y = x * x; z = x * y; w = z + y; backward(w)",
                   f"{x}; u = x * 3.0; s = u * 5.0; t = u * 3.0; l = t * 2.0; y = s + l; backward(y)",
                   f"{x}; u = x * 3.0; s = u * 5.0; t = u * 3.0; l = t * 2.0; y = l + s; backward(y)",
                   f"{a}; c = a * b; d = a + c; e = c * d; f = d + e; g = e * f; h = g + c; backward(h)",
                   f"{a}; c = b * a; d = c + a; e = d * c; f = e + d; g = f * e; h = c + g; backward(h)"]),
        _sessions("graphs of ten operations", [_random_graph(rng) for _ in range(5)]),
        _sessions("Vars that have the same value", ["a = 1.5; b = 1.5; c = a * b; d = c + a; backward(d)",
                  f"a = {_number(rng)}; b = a * 1.0; c = a + b; d = c * b; backward(d)",
                  "a = 2.0; b = 2.0; s = a + b; p = a * b; y = s * p; z = y + b; backward(z)"],
                  hint="are two Vars of the same value taken for one? Tell them apart by id(v), not by their value"),
        _sessions("backward(out) twice: the second call starts afresh",
                  [f"{a}; y = a * b; backward(y); backward(y)",
                   f"{x}; y = x + x; z = y * x; backward(z); backward(z); backward(z)",
                   f"{x}; backward(x); backward(x)",
                   f"{b}; s = a + b; t = s * a; y = t * s; z = y + t; backward(z); backward(z)"]),
        _sessions("backward of several results that share Vars", [
            f"{a}; s = a * b; y = s + a; z = s * b; backward(y); backward(z); backward(y)",
            f"{c}; s = a + b; y = s * a; z = y * s; backward(z); backward(y); backward(s); backward(z)"]),
        _sessions("a Var that out does not depend on keeps what it had", [
            f"{a}; p = {_number(rng)}; q = p * p; y = a * b; backward(q); backward(y)",
            f"{b}; y = a * b; z = y + a; backward(z); backward(y)", f"{c}; y = a * a; backward(y)",
            f"{d}; y = a * 2.5; z = b * 3.5; w = z + b; backward(y); backward(w); backward(y)"]),
        _sessions("going on after backward, and two graphs made in turns", [
            f"{a}; y = a * b; backward(y); z = y * a; w = z + y; backward(w)",
            f"{b}; p = a * a; q = b + b; s = p * a; t = b * q; backward(t); backward(s)",
            f"{d}; y = a + b; backward(y); p = {_number(rng)}; z = p * y; backward(z); u = z * p; backward(u)"]),
        _chains_case(*_numbers(rng, 2)),
        _doublings_case(float(np.round(rng.uniform(0.31, 0.69), 2))),
        _growth_case(_number(rng)),
    ]


def _chains_case(a, c):
    """Chains of operations: deep on the left and then on the right, and on both in turns."""
    def halves(x, w):
        y = x
        for _ in range(DEEP // 2):
            y = y + x
        for _ in range(DEEP // 2):
            y = x + y
        return y

    def turns(x, w):
        y = x
        for _ in range(DEEP // 20):
            y = w + (y * 0.9995) + w
            y = 0.5 * w + y
        return y

    def ask(var, backward):
        def slopes(chain):
            x, w = var(a), var(c)
            backward(chain(x, w))
            return [x.grad, w.grad]

        try:
            return [slopes(chain) for chain in (halves, turns)]
        except RecursionError as error:
            raise RecursionError(TOO_DEEP).with_traceback(error.__traceback__) from None

    return Case(f"a chain of {DEEP:,} operations: deep on the left, on the right, and on both in turns", ask,
                {"kind": "chains", "turns": DEEP // 20, "factor": 0.9995, "each": 2.5, "deep": DEEP,
                 "texts": [f"{DEEP // 2:,} times y = y + x, then y = x + y",
                            f"{DEEP // 20:,} times y = w + y * 0.9995 + w; y = 0.5 * w + y"]})


def _doublings_case(c):
    """200 doublings: 2**200 ways lead from the result to x. Asked only if up to 18 do not take far longer than 8."""
    def ask(var, backward):
        def slope(step, times=200):
            x = y = var(1.0)
            for _ in range(times):
                y = step(y)
            backward(y)
            return x.grad

        def seconds(times):
            start = time.process_time()
            slope(steps[0], times)
            return time.process_time() - start

        steps = (lambda y: y + y, lambda y: y * y, lambda y: y * c + y * (1 - c))
        few = max(seconds(8), 1e-3)
        for times in range(10, 20, 2):
            more = min(seconds(times), seconds(times)) if seconds(times) > 60 * few else few
            if more > 60 * few:
                return {"doublings": times, "ratio": more / few}
        return [attempt(lambda step=step: slope(step)) for step in steps]

    return Case("200 doublings in linear time: y = y + y, y = y * y", ask,
                {"kind": "doublings", "texts": ["200 times y = y + y", "200 times y = y * y at 1.0",
                                                f"200 times y = y * {c} + y * (1 - {c})"]}, seconds=8)


def _growth_case(a):
    """How the time of recording and going back grows with the number of operations."""
    def seconds(var, backward, operations, times):
        start = time.process_time()
        for _ in range(times):
            x = y = var(a)
            for _ in range(operations // 2):
                y = y * 0.9999 + x
            backward(y)
        return (time.process_time() - start) / times, part(x, "grad")

    def ask(var, backward):
        short = min(seconds(var, backward, SHORT, 20)[0] for _ in range(3))
        long = [seconds(var, backward, LONG, 1) for _ in range(3)]
        return {"short": short, "long": min(t for t, _ in long), "slope": long[0][1]}

    return Case(f"time grows in proportion: {LONG:,} operations against {SHORT}", ask,
                {"kind": "growth", "times": LONG // SHORT, "turns": LONG // 2})


# ---------------------------------------------------------------- 4: rules

def rules(rng):
    cases = [_rules_case(f"the slopes of {name}", list(_sides(rng, name))) for name in ("+", "*", "/")]
    cases.insert(1, _rules_case("the slopes of - and of the unary -", [
        *_sides(rng, "-"), *[Trial("neg", (("Var", s * _number(rng)),)) for s in (-1, 1)]]))
    both = [Trial("**", (("Var", base), ("Var", power)))
            for base, power in (_numbers(rng, 2), (_number(rng, 0.3, 0.9), -_number(rng)))]
    cases.append(_rules_case("the slopes of a ** b, both Var", [*both, Trial("**", (("Var", 0.0), ("Var", 2.0)))]))
    bases = [("Var", _number(rng)), ("Var", _number(rng, 1.1, 2.4))]
    powers = [(bases[0], 2), (bases[1], 3), (bases[0], -2), (bases[1], 1), (bases[0], 0), (bases[0], _number(rng)),
              (bases[1], -0.5), (bases[1], np.float64(_number(rng)))]
    cases.append(_rules_case("the slope of a ** n, n a number", [Trial("**", (base, ("number", n))) for base, n in powers]))
    cases.append(_rules_case("the slope of a ** n for a below 0 and n an int",
                             [Trial("**", (("Var", -_number(rng)), ("number", n))) for n in (2, 3, -1, 1)]))
    cases.append(_rules_case("the slope of a ** n at a = 0",
                             [Trial("**", (("Var", 0.0), ("number", n))) for n in (3, 2, 1, 0)]))
    # At base 0 the exponent is above 1: there the slope along the base, which a solution may compute as well, is finite.
    left = [(2, _number(rng)), (_number(rng, 1.2, 1.9), _number(rng)), (np.float64(_number(rng, 0.3, 0.8)), _number(rng)),
            (0.0, _number(rng, 1.1, 1.9))]
    cases.append(_rules_case("the slope of n ** b, n a number",
                             [Trial("**", (("number", n), ("Var", power))) for n, power in left]))
    for name in FUNCTIONS:
        points = [_number(rng, 0.3, 0.9), _number(rng, 1.1, 1.9), 2] + ([] if name == "log" else [-_number(rng)])
        cases.append(_rules_case(f"the slope of {name}", [Trial(name, (("Var", p),)) for p in points]))
    return cases


def _rules_case(title, trials):
    """Every trial as it is, and the first also multiplied by a weight: what arrives from above must be passed on."""
    weight = 2.75
    trials = [*trials, Trial(trials[0].name, trials[0].operands, weight=weight)]

    def ask(var, backward, *given):
        mine = dict(zip(FUNCTIONS, given))

        def slopes(trial):
            operands = trial.made(var)
            out = trial.perform(operands, mine)
            backward(out if trial.weight == 1 else out * trial.weight)
            return [part(v, "grad") for v, (kind, _) in zip(operands, trial.operands) if kind == "Var"]

        return [attempt(lambda t=t: slopes(t)) for t in trials]

    return Case(title, ask, {"kind": "rules", "trials": tuple(trials)})


# ---------------------------------------------------------------- 5 and 6: grad, value_and_grad

def _ask_call(transform, call):
    """What a gradient function returns, how often it calls f, and what it passes on outside argnums."""
    calls, strange = 0, []

    def f(*inputs):
        nonlocal calls
        calls += 1
        for k, (came, given) in enumerate(zip(inputs, call.args)):
            if k not in call.picked and not (type(came) is type(given) and came == given):
                strange.append(f"argument {k} is {_literal(given)[:60]}; f got a {type(came).__name__}")
        if len(inputs) != len(call.args):
            strange.append(f"there are {len(call.args)} arguments; f got {len(inputs)}")
        return call.f(*inputs)

    of = transform(f) if call.argnums is None else transform(f, call.argnums)
    value = of(*[list(v) if isinstance(v, list) else v for v in call.args])
    return {"result": value, "tuple": _is_tuple(value), "calls": calls, "strange": strange[:1]}


def _is_tuple(value):
    """Whether a result is a tuple, and for a tuple of two whether its second part is one."""
    return [isinstance(value, tuple), isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], tuple)]


def _calls_case(title, calls, kind="calls"):
    return Case(title, lambda transform: [attempt(lambda c=c: _ask_call(transform, c)) for c in calls],
                {"kind": kind, "calls": calls})


def _repeatedly(rng):
    """One gradient function called again and again, with another in between."""
    c, (u, v, w) = _number(rng), _numbers(rng, 3)

    def f(x, y):
        return (x + c) * (y + 2)

    calls = [Call(f"(x, y) = (x + {c}) * (y + 2)", f, args, (0, 1)) for args in ((u, v), (v, w), (u, v))]
    other = Call("(x) = x * 3 + 1", lambda x: x * 3 + 1, (w,))

    def ask(transform):
        def all_calls():
            first, second = transform(f, (0, 1)), transform(other.f)
            results = [first(*calls[0].args), second(w), first(*calls[1].args), first(*calls[2].args)]
            return [{"result": r, "tuple": _is_tuple(r), "calls": 1, "strange": []} for r in results]

        came = attempt(all_calls)
        return came if isinstance(came, list) else [came] * 4

    return Case("a gradient function called three times, and another one in between", ask,
                {"kind": "calls", "calls": [calls[0], other, calls[1], calls[2]]})


def _gradients(rng):
    """The cases that grad and value_and_grad share: f uses + and *, each value once."""
    c, d = _numbers(rng, 2)
    a = _numbers(rng, 12)
    weights = _numbers(rng, 50)

    def affine(x, y, z):
        return x * c + y * d + z * 0.5 * y

    def scaled(x, mode, table):
        return x * {"double": 2.0, "triple": 3.0}[mode] + table[0] * table[1]

    def looped(n, x, c):
        for _ in range(n):
            x = x * c + 1
        return x

    def weighted(*xs):
        total = 0.0
        for weight, x in zip(weights, xs):
            total = total + weight * x
        return total

    line = (f"(x) = {c} * x + {d}", lambda x: c * x + d)
    straight = f"(x, y, z) = {c} * x + {d} * y + 0.5 * z"

    def plain(x, y, z):
        return c * x + d * y + 0.5 * z

    several = [Call(straight, plain, (a[0], a[1], a[2]), n) for n in (None, 0, 1, 2)]
    tuples = [Call(straight, plain, (a[3], a[4], a[5]), n) for n in ((0, 1, 2), (0, 2), (2, 0), (1,), (0,))]
    fifty = tuple(range(50))
    return [
        _calls_case("functions of one argument", [
            Call(*line, (a[0],)), Call(*line, (a[1],), 0), Call("(x) = x", lambda x: x, (a[2],))]),
        _calls_case("argnums an int", [
            *several, Call("(x, y) = (x + 2) * (y + 3)", lambda x, y: (x + 2) * (y + 3), (a[6], a[7]), 1)]),
        _calls_case("argnums a tuple: the result is a tuple, in that order", tuples),
        _calls_case("arguments outside argnums are passed on unchanged", [
            Call("(x, mode, table), x times a factor that mode names", scaled, (a[8], "triple", [2, a[9]])),
            Call("(n, x, c), n times x * c + 1", looped, (4, a[10], 1.5), 1),
            Call("(n, x, c), n times x * c + 1", looped, (3, a[11], 2), (1,)),
            Call(f"(x, y, z) = x * {c} + y * {d} + z * 0.5 * y", affine, (a[0], a[1], 3), 0)]),
        _calls_case("an argument that f does not use: 0.0", [Call(f"(x, y) = x * {c}", lambda x, y: x * c, (a[1], a[2]), n)
                                                             for n in (1, (0, 1), (1, 0), (1,))]),
        _calls_case("f returns a plain number: 0.0", [
            Call(f"(x) = {c}", lambda x: c, (a[3],)), Call("(x, y) = 3", lambda x, y: 3, (a[4], a[5]), 1),
            Call(f"(x, y) = y * {c}", lambda x, y: y * c, (a[6], a[7]), (0,)),
            Call("(x, y) = 5.0", lambda x, y: 5.0, (a[6], a[7]), (0, 1))]),
        _calls_case("ints and np.float64 as arguments", [
            Call(*line, (3,)), Call(*line, (np.float64(a[8]),)),
            Call(straight, plain, (2, np.float64(a[9]), a[10]), (0, 1, 2)), Call(straight, plain, (-1, 4, 0), (2, 1))]),
        _calls_case("f is called once, for one argument as for fifty", [
            Call(*line, (a[0],)),
            Call("(x1, …, x50) = w1 x1 + … + w50 x50", weighted, tuple(_numbers(rng, 50)), fifty)], "once"),
        _repeatedly(rng),
    ]


# ---------------------------------------------------------------- 7: graphs

@dataclass(frozen=True, eq=False)
class Program:
    """A function of numbers, program(xs, functions), with its text and a point."""

    text: str
    run: Callable[[Any, Any], Any]
    xs: tuple[float, ...]


def graphs(rng):
    cases = []
    for shared, size, inputs in ((False, 8, 3), (False, 10, 4), (True, 10, 2), (True, 14, 3), (True, 16, 3)):
        expression, xs = drawn(rng, inputs, size, FUNCTIONS, shared=shared)
        cases.append(_program_case("grad of " + expression.text, Program(expression.text, expression, tuple(xs))))
    for program in (_operators(rng), _functions(rng), _ladder(rng)):
        cases.append(_program_case("grad of " + program.text, program))
    for program in (_regression(rng), _babylon(rng)):
        cases.append(_program_case("value_and_grad of " + program.text, program, valued=True))
    return cases


def _program_case(title, program, valued=False):
    def ask(grad, value_and_grad, *given):
        mine, everything = dict(zip(FUNCTIONS, given)), tuple(range(len(program.xs)))
        transform = value_and_grad if valued else grad
        result = transform(lambda *xs: program.run(xs, mine), everything)(*program.xs)
        return {"value": result[0], "grads": result[1]} if valued else {"grads": result}

    shown = ", ".join(f"x{k} = {x:g}" for k, x in enumerate(program.xs)) if len(program.xs) < 7 else "a point"
    return Case(f"{title} at {shown}", ask, {"kind": "program", "program": program, "valued": valued})


def _operators(rng):
    """Every operator with two Vars and with a number on either side, so that no seed leaves one out."""
    k = _numbers(rng, 8, 1.2, 2.2)

    def run(xs, _):
        x, y, z = xs
        pairs = (x + y) * z - x / y - z ** x + -y * z
        left = (k[0] + x) * (k[1] - y) / (k[2] * z) + k[3] / x - k[4] ** y
        right = (z + k[5]) * (x - k[6]) * (y / k[7]) + z ** 2.5 - (x * 1.5) ** 0.5
        return pairs * 0.5 + left - right

    return Program("all operators, with numbers on either side", run, tuple(_numbers(rng, 3, 0.6, 1.8)))


def _functions(rng):
    """Every function, of a Var and of a number, inside others and beside them."""
    k = _numbers(rng, 5, 0.3, 0.9)

    def run(xs, f):
        x, y, z = xs
        numbers = x * f["sin"](k[0]) + y * f["cos"](k[1]) + z * f["exp"](k[2]) * f["log"](k[3]) * f["tanh"](k[4])
        alone = f["sin"](x) + 0.5 * f["cos"](y) + f["tanh"](z) + f["exp"](-x) + f["log"](y)
        return numbers + alone + f["exp"](f["sin"](x * y)) * f["tanh"](z - f["cos"](y)) + f["log"](f["cos"](x) + f["exp"](z))

    return Program("all five functions, inside each other and of numbers", run, tuple(_numbers(rng, 3, 0.5, 1.4)))


def _ladder(rng):
    """Values that are used early and late, on the left and on the right, so that only a right order gives a right slope."""
    def run(xs, f):
        x, y = xs
        t = x * y
        left, right = t * 2.0 + f["sin"](f["exp"](t * 0.5)), f["tanh"](f["log"](x + t)) + t * 3.0
        u = left * right
        return u * t + (f["cos"](u) - u) / x

    return Program("a ladder: values that are used early and late", run, tuple(_numbers(rng, 2, 0.6, 1.2)))


def _regression(rng):
    """The loss of a logistic regression on six points, in numbers."""
    points = [(float(u), float(v), int(rng.integers(0, 2))) for u, v in np.round(rng.uniform(-1.5, 1.5, (6, 2)), 2)]

    def run(xs, f):
        w1, w2, b = xs
        total = 0.0
        for u, v, label in points:
            z = w1 * u + w2 * v + b
            total = total + f["log"](1 + f["exp"](z)) - label * z
        return total

    return Program("logistic regression's loss on six points, the sum of log(1 + exp(z)) - label * z", run,
                   tuple(_numbers(rng, 3, -1.2, 1.2)))


def _babylon(rng):
    """A loop: three steps of Newton's method for a square root."""
    def run(xs, f):
        a, y = xs
        for _ in range(3):
            y = 0.5 * (y + a / y)
        return y * a

    return Program("three steps of Newton's method for the square root, y = 0.5 * (y + a / y)", run,
                   (_number(rng, 1.2, 2.8), _number(rng, 0.7, 1.6)))


QUESTIONS = {
    "values": values,
    "functions": functions,
    "backward": backward,
    "rules": rules,
    "grad": _gradients,
    "value_and_grad": _gradients,
    "graphs": graphs,
}
HAND_WRITTEN = frozenset(QUESTIONS)          # no derivative transform while one of these is asked
