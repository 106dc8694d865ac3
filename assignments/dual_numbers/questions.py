"""What assignment 3 asks: operands, programs and equations of every question, drawn from a seed.

This file is all that runs beside a student's code; the answers are in `references.py`. Every
question is a function that takes a NumPy generator and returns a list of cases.

Operands are written as data: (primal, tangent) for a Dual, a number for itself. A trial is an
operation with its operands, ("-", ((1.5, 0.3), 2)) for Dual(1.5, 0.3) - 2; a case bundles a few.
"""

import operator

import numpy as np

from autograder.assignment import Case
from autograder.expressions import BINARY, Expression, drawn

FUNCTIONS = ("sin", "cos", "tan", "exp", "log", "sqrt", "tanh")
COMPARISONS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne}
OPERATORS = BINARY | COMPARISONS | {"neg": operator.neg, "abs": operator.abs}
# Names, attributes and operators that are missing; they are no answer to what has no value.
UNFINISHED = (NotImplementedError, TypeError, AttributeError, NameError)


# What is asked of a Dual that is built by hand -------------------------------------------------

def shown(operand):
    """An operand as a student would write it."""
    if isinstance(operand, tuple):
        return f"Dual({operand[0]!r}, {operand[1]!r})"
    return f"np.float64({float(operand)!r})" if isinstance(operand, np.float64) else repr(operand)


def text(trial):
    """A trial as a student would write it."""
    symbol, operands = trial
    words = [shown(o) for o in operands]
    if len(words) == 2:
        return f"{words[0]} {symbol} {words[1]}"
    return f"-{words[0]}" if symbol == "neg" else f"{symbol}({words[0]})"


def parts(result):
    """What travels of a result: both parts of a Dual, or the result itself."""
    if hasattr(result, "primal") and hasattr(result, "tangent"):
        return {"primal": result.primal, "tangent": result.tangent}
    return result


def computed(trial, things):
    """The result of a trial, with the student's Dual and functions."""
    Dual, *functions = things
    symbol, operands = trial
    call = (OPERATORS | dict(zip(FUNCTIONS, functions)))[symbol]
    result = call(*[Dual(*o) if isinstance(o, tuple) else o for o in operands])
    return bool(result) if symbol in COMPARISONS else parts(result)


def attempted(trial, things):
    """The same for a trial whose answer may be an exception."""
    try:
        return computed(trial, things)
    except UNFINISHED:
        raise
    except Exception as error:
        return {"error": type(error).__name__}


def by_hand(title, trials, singular=()):
    """The case that asks `trials`, and `singular` ones that have no finite value."""
    def ask(*things):
        with np.errstate(all="ignore"):
            return [computed(t, things) for t in trials] + [attempted(t, things) for t in singular]

    return Case(title, ask, {"trials": [(text(t), *t) for t in trials], "singular": [text(t) for t in singular]})


def number(rng, low=0.3, high=3.0):
    return float(np.round(rng.uniform(low, high), 3))


def signed(rng, low=0.3, high=3.0):
    return number(rng, low, high) * int(rng.choice([-1, 1]))


def dual(rng, sign=True):
    """A primal and a tangent, neither near 0."""
    return (signed(rng) if sign else number(rng), signed(rng))


def whole(rng):
    """An int between 2 and 5, of either sign."""
    return int(rng.integers(2, 6)) * int(rng.choice([-1, 1]))


def arithmetic(rng):
    result = []
    for symbol in "+-*/":
        trials = [(symbol, (dual(rng), dual(rng))) for _ in range(2)]
        trials += [(symbol, ((whole(rng), 2), (whole(rng), 3))), (symbol, ((signed(rng), 0.0), dual(rng)))]
        trials += [(symbol, (dual(rng), other)) for other in (whole(rng), signed(rng), np.float64(signed(rng)))]
        result.append(by_hand(f"Dual {symbol} Dual, and Dual {symbol} number", trials))
        trials = [(symbol, (other, dual(rng))) for other in (whole(rng), signed(rng), whole(rng), 0)]
        result.append(by_hand(f"number {symbol} Dual, the number an int or a float", trials))
    result.append(by_hand("+ - * / with a np.float64 on the left",
                          [(symbol, (np.float64(signed(rng)), dual(rng))) for symbol in "+-*/"]))
    result.append(by_hand("the unary minus", [("neg", (dual(rng),)), ("neg", (dual(rng),)), ("neg", ((whole(rng), 1),))]))
    result.append(_attributes(rng))
    result.append(by_hand("/ by 0 gives an exception, inf or NaN", [("/", (dual(rng), dual(rng)))],
                          [("/", (dual(rng), (0.0, signed(rng)))), ("/", (signed(rng), (0.0, signed(rng)))),
                           ("/", (dual(rng), 0.0)), ("/", (dual(rng), 0)), ("/", ((0.0, signed(rng)), (0.0, signed(rng))))]))
    return result


def _attributes(rng):
    """Attributes, the default tangent, and operands that are as they were."""
    x, a, y = signed(rng), signed(rng), signed(rng)

    def ask(Dual):
        d, constant = Dual(x, a), Dual(primal=y)
        results = [d + constant, d - constant, d * constant, d / constant, constant - d, -d, d * d, 2 * d, d + 1.5]
        for in_place in (operator.iadd, operator.isub, operator.imul, operator.itruediv):
            results.append(in_place(d, constant))        # this is e = d; e += constant, and so on
        return {"d": parts(d), "constant": parts(constant), "results": len(results)}

    return Case(f"d = Dual({x}, {a}) and Dual({y}), with the tangent left out, after + - * / and += -= *= /=: "
                "their attributes are what they were",
                ask, {"duals": {"d": (x, a), "constant": (y, 0.0)}})


def powers(rng):
    def up(primal, tangent=None):
        return (primal, signed(rng) if tangent is None else tangent)

    negative = [up(-number(rng, 0.5, 2.0)) for _ in range(4)]
    cases = {
        "Dual ** positive int": [(dual(rng, False), n) for n in (2, 3, 5, 1)] + [((3, 2), 2)],
        "Dual ** negative int": [(dual(rng, False), n) for n in (-1, -2, -3)],
        "Dual ** int, with a negative primal": [*zip(negative, (2, 3, -1, -2))],
        "Dual ** float": [(dual(rng, False), p) for p in (0.5, signed(rng), -1.5, np.float64(number(rng)), 2.0)],
        "Dual ** 0 and Dual ** 0.0": [(dual(rng, False), 0), (dual(rng, False), 0.0), (negative[0], 0), (dual(rng, False), 1)],
        "Dual ** 0 and Dual ** 0.0 at primal 0": [(up(0.0), 0), (up(0.0), 0.0), (up(0.0), 1)],
        "Dual ** 1, 2, 3 at primal 0": [(up(0.0), 1), (up(0.0), 2), (up(0.0), 3), (up(0.0), 2.0)],
        "Dual ** Dual": [(dual(rng, False), dual(rng)), (dual(rng, False), dual(rng)), (dual(rng, False), up(0.0)),
                         (dual(rng, False), (2, 1)), (dual(rng, False), up(signed(rng), 0.0)),
                         (up(number(rng), 0.0), dual(rng))],
        "number ** Dual": [(other, dual(rng)) for other in (2, 3, number(rng), number(rng), 1)],
        "np.float64 ** Dual": [(np.float64(number(rng)), dual(rng)) for _ in range(2)],
        "0 ** Dual, with a positive exponent": [(0.0, up(number(rng))), (0, up(number(rng))), (0.0, up(0.5)), (up(0.0), up(2.0)),
                                                (up(0.0), up(3.0)), (2, up(2.0))],
    }
    return [by_hand(title, [("**", operands) for operands in pairs]) for title, pairs in cases.items()]


def comparisons(rng):
    result = []
    for symbol in COMPARISONS:
        x = signed(rng)
        less, more = x - number(rng, 0.1, 1.0), x + number(rng, 0.1, 1.0)
        trials = []
        for other in (less, x, more):
            # The tangents are the other way round than the primals, and differ where those agree.
            a, b = (5.0, -5.0) if other > x else (-5.0, 5.0)
            trials += [(symbol, ((x, a), (other, b))), (symbol, ((x, a), other)), (symbol, (other, (x, a)))]
        trials += [(symbol, ((x, 2.0), (x, 2.0))), (symbol, ((2, 1.0), 2)), (symbol, ((2, 1.0), 3)),
                   (symbol, ((x, 1.0), np.float64(more))), (symbol, (np.float64(more), (x, 1.0)))]
        result.append(by_hand(f"Dual {symbol} Dual, Dual {symbol} number, number {symbol} Dual: by the primals", trials))
    for sign, word in ((1, "positive"), (-1, "negative")):
        trials = [("abs", ((sign * number(rng), t * number(rng)),)) for t in (1, -1)]
        trials += [("abs", ((sign * 3, 2),)), ("abs", ((sign * number(rng, 0.1, 0.9), signed(rng)),))]
        result.append(by_hand(f"abs of a Dual with a {word} primal", trials))
    return result


INSIDE = {"sin": (-4, 4), "cos": (-4, 4), "tan": (-1.2, 1.2), "exp": (-2, 2), "log": (0.3, 5), "sqrt": (0.3, 5), "tanh": (-2, 2)}


def functions(rng):
    result = []
    for name in FUNCTIONS:
        low, high = INSIDE[name]
        points = [float(np.round(low + (high - low) * (k + rng.uniform(0.2, 0.8)) / 3, 3)) for k in range(3)]
        result.append(by_hand(f"{name} of a Dual", [(name, ((x, signed(rng)),)) for x in points] + [(name, ((1, 2),))]))
    values = [(1, number(rng, 0.3, 1.2), np.float64(number(rng, 0.3, 1.2)))[int(k) % 3] for k in rng.permutation(len(FUNCTIONS))]
    result.append(by_hand("a number for a float, an int and a np.float64",
                          [(name, (x,)) for name, x in zip(FUNCTIONS, values)]
                          + [(name, (2,)) for name in ("exp", "log", "tanh")]))
    far = [("tanh", ((s * x, signed(rng)),)) for s in (1, -1) for x in (400.0, number(rng, 30, 60))]
    result.append(by_hand("tanh far out is flat, without overflow", [("tanh", ((number(rng, 0.3, 1.5), 1.0),)), *far]))
    result.append(by_hand("log at 0 and below, sqrt below 0, the slope of sqrt at 0: an exception, inf or NaN",
                          [("log", (dual(rng, False),)), ("sqrt", (dual(rng, False),))],
                          [("log", ((0.0, 1.0),)), ("log", ((-number(rng), signed(rng)),)), ("log", (0.0,)),
                           ("sqrt", ((-number(rng), signed(rng)),)), ("sqrt", ((0.0, signed(rng)),))]))
    return result


# What is asked of derivative and gradient ------------------------------------------------------
# The programs use + and * (and < and > where they branch), so that a mistake in another operator
# is noticed by its own question.

def program_case(title, *programs):
    """The case that runs each program with the student's function, as program(derivative)."""
    return Case(title, lambda student: [program(student) for program in programs], {"programs": programs})


def derivative(rng):
    a, b, x, z = signed(rng), number(rng), signed(rng, 0.5, 2.0), number(rng, 1.2, 2.0)
    n = int(rng.integers(2, 6))

    def branch(t):
        if t > 1:
            return t * t + b
        return t * a + b

    def doubling(t):
        while t < 100:
            t = t * t + t * a * a
        return t

    def power(t, k):
        return 1.0 if k == 0 else t * power(t, k - 1)

    def looped(t):
        total = 0.0
        for k in range(4):
            total = total * t + (k + b)
        return total

    def calls(d):
        """How often f was called, beside the derivative."""
        seen = []
        slope = d(lambda t: [seen.append(t), t * t * a][1], x)
        return slope + 1000 * len(seen)

    def cubic(t):
        return t * t * t + t * t * a

    def second(f, at):
        return lambda d: d(lambda t: d(f, t), at)

    return [
        program_case(f"t³ + {a} t² at {x} and {z}", lambda d: d(cubic, x), lambda d: d(cubic, z)),
        program_case(f"the same at the int {n}, and {n} t² + t", lambda d: d(cubic, n),
                     lambda d: d(lambda t: t * t * n + t, n)),
        program_case(f"functions that return a plain number have derivative 0.0; and {a} t", lambda d: d(lambda t: 3.0, x),
                     lambda d: d(lambda t: 7, n), lambda d: d(lambda t: t * a, x), lambda d: d(lambda t: t, x)),
        program_case("a program with `if`, on both of its branches", lambda d: d(branch, z), lambda d: d(branch, -z),
                     lambda d: d(branch, 0.5)),
        program_case("a program with `while`, and one with `for`", lambda d: d(doubling, z), lambda d: d(doubling, 200.0 + b),
                     lambda d: d(looped, x)),
        program_case(f"t to the power {n} by recursion", lambda d: d(lambda t: power(t, n), z),
                     lambda d: d(lambda t: power(t, 0), z)),
        program_case(f"f(t) = {a} t² is called exactly once: the derivative + 1000 · (number of calls)", calls),
        program_case("derivative(lambda x: x * derivative(lambda y: x + y, 1.0), 1.0) is 1; and other numbers",
                     lambda d: d(lambda s: s * d(lambda t: s + t, 1.0), 1.0),
                     lambda d: d(lambda s: s * d(lambda t: t + s, b), x)),
        program_case("an inner derivative of products of both variables, in either order",
                     lambda d: d(lambda s: d(lambda t: s * t * t, b) * s, x),
                     lambda d: d(lambda s: d(lambda t: t * s * s, b), x),
                     lambda d: d(lambda s: d(lambda t: (s * t) * (t + s) + s, s * a), z)),
        program_case("an inner function that does not use its own argument, only the outer one",
                     lambda d: d(lambda s: d(lambda t: s * s, b) + s, x),
                     lambda d: d(lambda s: d(lambda t: s, b) * s + s * a, x)),
        program_case(f"second derivatives of t³ + {a} t², at a float and an int; and with an `if` in it", second(cubic, x),
                     second(cubic, n), second(branch, z)),
        program_case("a third derivative; three variables, nested",
                     lambda d: d(lambda s: d(lambda t: d(lambda u: u * cubic(u), t), s), x),
                     lambda d: d(lambda s: d(lambda t: d(lambda u: s * t * u * u + u * s * s, t) * s, a), x)),
    ]


def gradient(rng):
    """Cases for n = 1 … 6 arguments, and what is particular."""
    result = []
    for n in range(1, 7):
        xs, weights = [signed(rng) for _ in range(n)], [signed(rng) for _ in range(n)]
        result.append(program_case(f"{n} argument{'s' * (n > 1)}: xs = {xs}", _with(xs, weights)))
    a, b = signed(rng), number(rng)
    ints, floats = [int(v) for v in rng.integers(2, 6, 3)], [signed(rng) for _ in range(3)]
    mixed = _with(ints, floats)
    result.append(program_case(f"ints and a tuple: xs = {ints}, {tuple(ints)} and {tuple(floats)}", mixed,
                               lambda g: g(lambda p, q, r: p * q * r + p * a, tuple(ints)),
                               lambda g: g(lambda p, q, r: p * q * r + q * a, tuple(floats))))
    result.append(program_case("arguments that f does not use have the derivative 0.0",
                               lambda g: g(lambda p, q, r: q * q * a, list(floats)),
                               lambda g: g(lambda p, q: p * b, floats[:2]), lambda g: g(lambda p, q: 4.0, floats[:2])))

    def unchanged(g):
        mine = list(floats)
        slopes = g(lambda p, q, r: p * q * b + r * r, mine)
        return [*slopes, *mine]

    result.append(program_case("xs is left unchanged: the gradient, and then xs", unchanged))
    result.append(program_case("a gradient in a gradient: no confusion of their tangents",
                               lambda g: g(lambda s: s * g(lambda t: s + t, [1.0])[0], [1.0]),
                               lambda g: g(lambda s, r: s * g(lambda t, u: t * s + u * r * u, [r, s])[1], [a, b])))
    return result


def _with(xs, weights):
    """The program gradient(f, xs) for f = Σ wₖ xₖ² + Π xₖ, where each partial derivative is another."""
    def f(*args):
        total, product = 0.0, 1.0
        for weight, x in zip(weights, args):
            total, product = x * x * weight + total, x * product
        return total + product

    return lambda g: g(f, list(xs))


# What is asked of newton -----------------------------------------------------------------------

class Endless(BaseException):
    """Ends a method that calls f again and again."""


def solved(student, equation):
    """A root by the student's newton, or what came instead. An equation: coefficients, start and options."""
    coefficients, x0, options = equation
    calls = 0

    def f(x):
        nonlocal calls
        calls += 1
        if calls > 3000:
            raise Endless
        value = coefficients[0]
        for c in coefficients[1:]:
            value = x * value + c
        return value

    try:
        with np.errstate(all="ignore"):
            return student(f, x0, **options)
    except Endless:
        return {"endless": calls}


def refused(student, equation):
    """The classes of the exception that came, or what was returned."""
    try:
        return {"returned": solved(student, equation)}
    except NotImplementedError:
        raise
    except Exception as error:
        return {"kinds": [c.__name__ for c in type(error).__mro__][:8], "message": str(error)[:200]}


def equation_text(equation):
    """An equation in words: f(x) = 1 x² + -2, x0 = 3."""
    coefficients, x0, options = equation
    degree, powers = len(coefficients) - 1, ["", " x", " x²", " x³"]
    terms = [f"{c:.8g}{powers[degree - k]}" for k, c in enumerate(coefficients) if c != 0 or degree == 0]
    return ", ".join([f"f(x) = {' + '.join(terms) or '0 x'}", f"x0 = {x0!r}", *(f"{k} = {v!r}" for k, v in options.items())])


def newton_case(title, finds=(), refuses=()):
    """The case with equations that have a root, and others that must raise RuntimeError."""
    def ask(student):
        return [solved(student, e) for e in finds] + [refused(student, e) for e in refuses]

    return Case(title, ask, {"finds": [(equation_text(e), *e) for e in finds], "refuses": [equation_text(e) for e in refuses]},
                seconds=20)


def square(r, x0, **options):
    """x² = r²"""
    return ((1.0, 0.0, -r * r), x0, options)


def steps_needed(doublings):
    """How many steps lead from r·2**doublings to the root r of x² = r²; the same for each r from 1 on."""
    x, count, step = 2.0**doublings, 0, 1.0
    while abs(step) > 1e-12:
        step, count = (x * x - 1) / (2 * x), count + 1
        x -= step
    return count


def newton(rng):
    r, q = number(rng, 1.1, 3.0), number(rng, 0.5, 2.0)
    small = float(np.round(rng.uniform(0.01, 0.03), 4))
    large = [a for a in (float(np.round(v * v)) for v in rng.uniform(0.5e8, 2e8, 400)) if not _stands_still(a)][:2]
    k = int(rng.integers(12, 20))
    enough = [(2.0**m * r, {"max_steps": steps_needed(m) + 2}) for m in (k, 3)]
    default = next(m for m in range(60) if steps_needed(m) == 47)
    n = int(rng.integers(2, 6))
    return [
        newton_case("square roots", [square(r, 1.5 * r), square(q, q + 1.0), square(r, -2.0)]),
        newton_case("cubics, and x0 an int", [((1.0, 0.0, q, -q), n, {}), ((1, 0, 2, -n), 3, {}), ((1, 0, -n * n), n + 1, {})]),
        newton_case("x0 is the root already",
                    [((1, 0, -n * n), n, {}), ((2.0, -2.0 * q), q, {"tol": 0.0}), ((1.0, 0.5, 0.0), 0.0, {})]),
        newton_case("large roots: near 1e8 no step gets below 1e-12, but relative to x it does",
                    [((1.0, 0.0, -a), side * a**0.5 * 1.3, {}) for a in large for side in (1, -1)]),
        newton_case("tol decides when to stop: the x after the first step that is small enough",
                    [square(r, 2 * r, tol=0.05), square(50 * r, 100 * r, tol=0.05), square(small, 2 * small, tol=small / 2)]),
        newton_case("max_steps is enough, by two steps or more", [square(r, x0, **options) for x0, options in enough]
                    + [square(r, 2.0**default * r), square(r, 2.0**70 * r, max_steps=90)]),
        newton_case("max_steps is too small, by two steps or more: RuntimeError", [square(r, r + 1)],
                    [((1.0, 0.0, 1.0), q, {}), square(r, 2.0 ** (default + 6) * r)]
                    + [square(r, x0, max_steps=o["max_steps"] - 4) for x0, o in enough]),
        newton_case("a slope of 0 raises RuntimeError", [square(r, r + 1)],
                    [((1.0, 0.0, 1.0), 0.0, {}), ((1.0, 0.0, q), 0, {}), ((q,), 1.0, {}), ((1, 0, -1), 0, {})]),
        newton_case("a step that is NaN or infinite raises RuntimeError", [square(q, q + 1)],
                    [((float("nan"), 1.0), q, {}), ((1.0, float("nan")), q, {}), ((1e-310, 1.0), q, {}),
                     ((1.0, float("inf")), q, {})]),
    ]


def _stands_still(a):
    """Whether the steps towards the root of x² = a get below 1e-12, without regard to x."""
    x = a**0.5 * 1.3
    for _ in range(60):
        step = (x * x - a) / (2 * x)
        x -= step
        if abs(step) <= 1e-12:
            return True
    return False


# What is asked of all together -----------------------------------------------------------------

def features(e):
    """Which rules an expression uses: each function, and each operator by which operands vary."""
    varies, found = [], set()
    for kind, *operands in e.nodes:
        moving = [varies[i] for i in operands] if kind not in ("x", "number") else []
        varies.append(kind == "x" or any(moving))
        if any(moving):
            found.add((kind, *moving))
    return found


def formulas(rng, wanted, inputs, size, shared):
    """Draw expressions until all wanted features have occurred. Each brings two that are new, or in the end one.

    In a tree each input occurs once; so only a shared one of one input has operators where both operands vary.
    """
    wanted, result, tries = set(wanted), [], 0
    while wanted:
        functions = [str(f) for f in rng.permutation(FUNCTIONS)[:4]]
        e, xs = drawn(rng, inputs, size, functions, shared)
        new, tries = features(e) & wanted, tries + 1
        if len(new) > 1 or new and tries > 30:
            wanted -= new
            result.append((e, xs))
    return result


ALL = [(f, True) for f in (*FUNCTIONS, "neg")] + [
    (o, *moving) for o in BINARY for moving in ((True, True), (True, False), (False, True))]


def plain(rng, squared):
    """One formula for each function and for each operator by which operands vary, of one input each.

    A second derivative shows whether each slope has a slope itself; the derivative of the square, whether the value
    is right, too.
    """
    nodes = [("x", 0), ("number", number(rng, 0.5, 0.58)), ("*", 0, 1)]
    last = [(f, 2) for f in FUNCTIONS] + [("neg", 2)] + [(o, *pair) for o in BINARY for pair in ((0, 1), (1, 0), (0, 2))]
    end = [("*", 3, 3)] if squared else [("*", 3, 0)]
    return [(Expression((*nodes, node, *end)), [number(rng, 0.6, 1.0)]) for node in last]


def expression_cases(title, asked, kind, pieces):
    """The formulas in `pieces` cases; asked(things, f, xs) computes the derivative of one."""
    def case(part):
        def ask(derivative, gradient, *functions):
            table = dict(zip(FUNCTIONS, functions))
            return [asked((derivative, gradient), lambda *args, e=e: e(args, table), list(xs)) for e, xs in part]

        return ask

    def titled(k, part):
        return f"{title} of formulas, set {k + 1}: {', '.join(e.text for e, _ in part)[:60]}…"

    return lambda found: [Case(titled(k, found[k::pieces]), case(found[k::pieces]), {"kind": kind, "formulas": found[k::pieces]})
                          for k in range(pieces) if found[k::pieces]]


def expressions(rng):
    first = expression_cases("derivative", lambda things, f, xs: things[0](f, xs[0]), "gradient", 3)
    several = expression_cases("gradient", lambda things, f, xs: things[1](f, xs), "gradient", 3)
    second = expression_cases("second derivative", lambda things, f, xs: things[0](lambda x: things[0](f, x), xs[0]),
                              "second", 3)
    return [*first(formulas(rng, ALL, 1, 6, True) + plain(rng, True)), *several(formulas(rng, ALL, 3, 8, False)),
            *second(plain(rng, False))]


QUESTIONS = {
    "arithmetic": arithmetic,
    "powers": powers,
    "comparisons": comparisons,
    "functions": functions,
    "derivative": derivative,
    "gradient": gradient,
    "newton": newton,
    "expressions": expressions,
}
HAND_WRITTEN = frozenset(QUESTIONS)          # no derivative transform while one of these is asked
