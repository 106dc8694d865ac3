"""The answers of assignment 3: JAX's derivatives of the same operations and programs, and hints.

Where JAX gives NaN and algebra does not (powers of 0), algebra answers; so it does for Newton's
steps on polynomials, whose derivatives are known.

Tolerances (EPS is the spacing of float64 at 1, 2.2e-16):
- one operation: its tangent is a sum of terms, a partial derivative times a tangent each; however
  they are computed (x / y as x · y⁻¹, x ** y as exp(y log x)), some ten roundings of the largest
  term are made. 64 EPS of it leaves room.
- programs of + and *: at most some 30 operations on moderate numbers, 1000 EPS of the result's size.
- formulas, random or small: as `expressions.drawn` documents, 1e-10; for second derivatives the same
  roundings are magnified by a derivative more, which is below 100 for such small formulas: 1e-8.
"""

import math
import operator
from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np

from autograder import compare
from autograder.assignment import Outcome
from autograder.compare import EPS, as_float, words
from autograder.expressions import BINARY
from autograder.wire import Other

JNP = {name: getattr(jnp, name) for name in ("sin", "cos", "tan", "exp", "log", "sqrt", "tanh")}
OPERATIONS = BINARY | JNP | {"neg": operator.neg, "abs": abs}
COMPARISONS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne}
A_DUAL = "this is an object, not a number: return the tangent of the result, and 0.0 where f returns a plain number"


# Trials with Duals that were built by hand -----------------------------------------------------

def by_hand(inputs, value):
    """Judge the trials of a case, and those that have no finite value; see questions.py."""
    if "duals" in inputs:
        return _attributes(inputs, value)
    trials, singular = inputs["trials"], inputs["singular"]
    judged = [_judge(*trial) for trial in trials]            # also before answers came, so that JAX compiles
    answers = value if isinstance(value, list) else []
    if len(answers) != len(trials) + len(singular):
        return Outcome(False, words(value), "an answer to each trial")
    for judge, answer in zip(judged, answers):
        wrong = judge(answer)
        if wrong:
            return wrong
    for text, answer in zip(singular, answers[len(trials):]):
        if not _no_number(answer):
            return Outcome(False, f"{text} is {_shown(answer)}", "an exception, inf or NaN, as for floats",
                           "there is no finite value or slope at this point: let the float's own error or inf through")
    return Outcome(True)


def _shown(answer):
    if isinstance(answer, dict) and "primal" in answer:
        return f"primal {words(answer['primal'])}, tangent {words(answer.get('tangent'))}"
    if isinstance(answer, dict) and "error" in answer:
        return f"the exception {str(answer['error'])[:60]}"
    return words(answer)


def _no_number(answer):
    """Whether an answer is an exception, or has a part that is infinite, NaN or complex (as (-1) ** 0.5 is)."""
    if isinstance(answer, dict):
        return isinstance(answer.get("error"), str) or any(_no_number(answer.get(k)) for k in ("primal", "tangent"))
    number = as_float(answer)
    return isinstance(answer, complex) or number is not None and not math.isfinite(number)


def _judge(text, symbol, operands):
    """A function that takes the answer to one trial; returns None where it is right, or the Outcome."""
    plain = tuple(o if isinstance(o, tuple) or isinstance(o, int) else float(o) for o in operands)
    if symbol in COMPARISONS:
        return lambda answer: _compared(text, symbol, plain, answer)
    expected, terms = pushed(symbol, plain)
    if not any(isinstance(o, tuple) for o in operands):
        return lambda answer: _plain(text, expected, answer)
    return lambda answer: _pair(text, symbol, plain, expected, terms, answer)


@lru_cache(maxsize=4096)
def pushed(symbol, operands):
    """The value of an operation, and what each Dual operand contributes to its tangent, by JAX."""
    operation, terms = OPERATIONS[symbol], []
    if symbol == "**" and _primal(operands[0]) == 0:
        return _power_of_zero(*operands)
    with compare.x64():
        for k, o in enumerate(operands):
            if not isinstance(o, tuple):
                terms.append(0.0)
                continue
            rest = [_primal(p) if not isinstance(p, tuple) else jnp.asarray(float(p[0])) for p in operands]
            _, term = jax.jvp(lambda x: operation(*rest[:k], x, *rest[k + 1:]), (float(o[0]),), (float(o[1]),))
            terms.append(float(term))
        value = float(operation(*[jnp.asarray(float(_primal(o))) for o in operands]))
    return value, tuple(terms)


def _primal(operand):
    return operand[0] if isinstance(operand, tuple) else operand


def _power_of_zero(base, exponent):
    """0 ** y by algebra: 1 for y = 0, else 0; its slope in x is 1 for y = 1, else 0; none in y."""
    y = float(_primal(exponent))
    moving = float(base[1]) if isinstance(base, tuple) else 0.0
    return float(y == 0), (moving if y == 1 else 0.0, 0.0)


def _plain(text, expected, answer):
    """A function of a number, which must give a number."""
    came = as_float(answer)
    if came is None:
        hint = "a function of a number gives a number: test isinstance(x, Dual) first" if isinstance(answer, dict) else ""
        return Outcome(False, f"{text} is {_shown(answer)}", f"the float {expected:.12g}", hint)
    if not abs(came - expected) <= 64 * EPS * max(1, abs(expected)):
        return Outcome(False, f"{text} is {words(came)}", f"{expected:.16g} (JAX)", "right for Duals only?")
    return None


def _pair(text, symbol, operands, expected, terms, answer):
    tangent, size = sum(terms), max(1.0, sum(map(abs, terms)))
    shown = f"primal {expected:.12g}, tangent {tangent:.12g} (JAX's jvp, or algebra)"
    if not isinstance(answer, dict) or "primal" not in answer:
        hint = ("NumPy has taken the Dual apart, as it does with sequences: put `__array_ufunc__ = None` into the class"
                if isinstance(answer, np.ndarray) and answer.shape else "the result must be a Dual: is a tangent lost?")
        return Outcome(False, f"{text} is {words(answer)}", shown, hint)
    primal, came = as_float(answer["primal"]), as_float(answer.get("tangent"))
    if primal is None or came is None:
        return Outcome(False, f"{text} is {_shown(answer)}", shown, "primal and tangent must be numbers")
    sizes = [abs(float(_primal(o))) for o in operands]
    value_size = max(1.0, abs(expected), *sizes if symbol in "+-" else [])
    if not abs(primal - expected) <= 64 * EPS * value_size:
        return Outcome(False, f"{text} is {_shown(answer)}", shown, "the primal is wrong: "
                       + (_swapped(symbol, operands, primal) or _rounded(primal, expected) or "it is what floats would give"))
    if not abs(came - tangent) <= 64 * EPS * size:
        return Outcome(False, f"{text} is {_shown(answer)}", shown,
                       _why(symbol, operands, expected, terms, came, 64 * EPS * size))
    return None


def _swapped(symbol, operands, primal):
    """Whether `number - Dual` was computed the other way round."""
    if len(operands) < 2 or symbol not in BINARY:
        return ""
    x, y = (float(_primal(o)) for o in operands)
    try:
        other = BINARY[symbol](y, x)
    except ArithmeticError:
        return ""
    near = isinstance(other, float) and abs(primal - other) <= 64 * EPS * max(1, abs(other))
    return f"the operands are swapped; `2 {symbol} d` asks d for the reflected method, with 2 as its argument" if near else ""


def _rounded(came, expected):
    near = abs(came - expected) <= 1e-5 * max(1, abs(expected))
    return "right to a few digits only: float32 somewhere?" if near else ""


def _why(symbol, operands, value, terms, came, tolerance):
    """The likely cause of a wrong tangent."""
    if not math.isfinite(came):
        if symbol == "**":
            return "the formula stumbles here: see the three points about powers in the text"
        return "the tangent is not finite: does a formula overflow, or divide by 0?"
    hints = _power_suspects(operands, value, terms) if symbol == "**" else {}
    if len(terms) == 2 and all(isinstance(o, tuple) for o in operands):
        hints["the sign of the second term of the tangent is wrong"] = terms[0] - terms[1]
        hints["the tangent of the second operand is lost"] = terms[0]
        hints["the tangent of the first operand is lost"] = terms[1]
    if symbol == "abs":
        hints["the tangent keeps its sign where abs turns that of the primal"] = _primal(operands[0]) and operands[0][1]
        hints["abs is taken of the tangent, too: it may be negative"] = abs(operands[0][1])
    if symbol == "*" and len(operands) == 2:
        hints["the tangents are multiplied: use the product rule"] = math.prod(
            o[1] if isinstance(o, tuple) else 0.0 for o in operands)
    if symbol == "/":
        x, y = (float(_primal(o)) for o in operands)
        hints["divide by the square of the denominator: (ẋ y - x ẏ) / y²"] = sum(terms) * y
        hints["the square of the denominator is missing: (ẋ y - x ẏ) / y²"] = sum(terms) * y * y
    if len(operands) == 1 and operands[0][1]:
        hints["the chain rule: multiply the slope by the tangent of x"] = sum(terms) / operands[0][1]
    hints["the tangent is 0: is the result made without one, like a constant?"] = 0.0
    hints["the sign of the tangent is wrong"] = -sum(terms)
    hints["twice too large"] = 2 * sum(terms)
    hints["half of what it should be"] = sum(terms) / 2
    near = [h for h, suspect in hints.items() if abs(came - suspect) <= 2 * tolerance]
    return near[0] if near else _rounded(came, sum(terms))


def _power_suspects(operands, value, terms):
    x, y = (float(_primal(o)) for o in operands)
    hints = {}
    if isinstance(operands[0], tuple) and x != 0:
        hints["the exponent of the slope is one too high: y x**(y - 1)"] = terms[0] * x + terms[1]
        hints["the factor y of y x**(y - 1) is missing"] = (terms[0] / y if y else 0.0) + terms[1]
    if isinstance(operands[1], tuple):
        hints["the exponent's own tangent is forgotten: its term is x**y log(x) ẏ"] = terms[0]
        if x > 0 and math.log(x):
            hints["the exponent is treated like a base: its term is x**y log(x) ẏ"] = terms[0] + y * x ** (y - 1) * operands[1][1]
            hints["the factor log(x) of the exponent's term is missing"] = terms[0] + terms[1] / math.log(x)
            hints["the logarithm of the exponent's term is not the natural one"] = terms[0] + terms[1] / math.log(10)
    return hints


def _compared(text, symbol, operands, answer):
    x, y = (_primal(o) for o in operands)
    expected = COMPARISONS[symbol](x, y)
    if answer is expected:
        return None
    hint = "compare the primals, and nothing else"
    if x == y and symbol in ("==", "!="):
        hint = "equal primals are equal, whatever the tangents: do you compare tangents, or objects?"
    elif all(isinstance(o, tuple) for o in operands) and x != y:
        hint = "compare the primals; are the tangents compared?"
    return Outcome(False, f"{text} is {words(answer)}", str(expected), hint)


def _attributes(inputs, value):
    for name, (primal, tangent) in inputs["duals"].items():
        came = value.get(name) if isinstance(value, dict) else None
        if not isinstance(came, dict) or as_float(came.get("primal")) != primal or as_float(came.get("tangent")) != tangent:
            return Outcome(False, f"{name} has {_shown(came)}", f"primal {primal}, tangent {tangent}",
                           "an operator makes a new Dual, and the tangent is 0.0 where it is left out")
    return Outcome(True)


# Programs that get the student's derivative or gradient -----------------------------------------

def _jax_derivative(f, x):
    return jax.grad(lambda t: jnp.asarray(f(t), float))(jnp.asarray(x, float))


def _jax_gradient(f, xs):
    return list(jax.grad(lambda args: jnp.asarray(f(*args), float))([jnp.asarray(x, float) for x in xs]))


class _Confused:
    """A dual number with one ε for all derivatives: to recognise an answer that comes of it."""

    def __init__(self, primal, tangent=0.0):
        self.primal, self.tangent = primal, tangent

    def __add__(self, other):
        other = _lifted(other)
        return _Confused(self.primal + other.primal, self.tangent + other.tangent)

    def __mul__(self, other):
        other = _lifted(other)
        return _Confused(self.primal * other.primal, self.tangent * other.primal + self.primal * other.tangent)

    __radd__, __rmul__ = __add__, __mul__

    def __lt__(self, other):
        return self.primal < _lifted(other).primal

    def __gt__(self, other):
        return self.primal > _lifted(other).primal


def _lifted(x):
    return x if isinstance(x, _Confused) else _Confused(x)


def _confused_derivative(f, x):
    return _lifted(f(_Confused(x, 1.0))).tangent


def _confused_gradient(f, xs):
    return [_lifted(f(*[_Confused(x, float(j == k)) for j, x in enumerate(xs)])).tangent for k in range(len(xs))]


@lru_cache(maxsize=2048)  # a class asks for the same ones again and again
def _by_jax(program, several):
    with compare.x64():
        result = program(_jax_gradient if several else _jax_derivative)
    return [float(v) for v in result] if several else float(result)


def derivative(inputs, value):
    """Judge what programs with the student's derivative return."""
    expected = [_by_jax(p, False) for p in inputs["programs"]]
    if not isinstance(value, list) or len(value) != len(expected):
        return Outcome(False, words(value), "an answer to each program")
    for k, (program, right, answer) in enumerate(zip(inputs["programs"], expected, value)):
        wrong = _number(answer, right, _confused_derivative, program)
        if wrong:
            return _numbered(wrong, k, len(value))
    return Outcome(True)


def gradient(inputs, value):
    """Judge what programs with the student's gradient return: a list each."""
    expected = [_by_jax(p, True) for p in inputs["programs"]]
    if not isinstance(value, list) or len(value) != len(expected):
        return Outcome(False, words(value), "an answer to each gradient")
    for k, (program, right, answer) in enumerate(zip(inputs["programs"], expected, value)):
        wrong = _list(answer, right, program)
        if wrong:
            return _numbered(wrong, k, len(value))
    return Outcome(True)


def _numbered(outcome, k, total):
    which = f"answer {k + 1} of {total}: " if total > 1 else ""
    return Outcome(outcome.passed, which + outcome.came, outcome.expected, outcome.hint)


def _number(answer, right, confused, program):
    """None where an answer is right, else the Outcome."""
    tolerance = 1000 * EPS * max(1, abs(right))
    if isinstance(answer, Other):
        return Outcome(False, words(answer), f"the float {right:.12g}", A_DUAL)
    suspects = {} if as_float(answer) is None else _suspects(confused, program, right)
    result = compare.number(answer, right, tolerance, "JAX", suspects)
    return None if result.passed else result


def _suspects(confused, program, right):
    suspects = {"the derivative is 0: is the tangent read off at the wrong level, or lost?": 0.0} if right else {}
    try:
        other = as_float(confused_value(confused, program))
    except Exception:
        other = None
    if other is not None and abs(other - right) > 1e-9 * max(1, abs(right)):
        suspects["perturbation confusion: the inner derivative mistakes the outer tangent for its own"] = other
    suspects["f is called twice, where one run is enough"] = right + 1000
    suspects["twice too large: is a tangent counted twice?"] = 2 * right
    return suspects


def confused_value(confused, program):
    result = program(confused)
    return result.tangent if isinstance(result, _Confused) else result


def _list(answer, right, program):
    shown = f"the list {[float(f'{v:.9g}') for v in right]} (JAX)"
    if isinstance(answer, np.ndarray) or not isinstance(answer, list):
        return Outcome(False, words(answer), shown, "return a list of floats, one for each argument")
    if len(answer) != len(right):
        return Outcome(False, f"a list of {len(answer)}", shown, "one partial derivative for each argument, used or not")
    came = [as_float(v) for v in answer]
    if None in came:
        return Outcome(False, words([str(v) if isinstance(v, Other) else v for v in answer]), shown, A_DUAL)
    tolerance = 1000 * EPS * max(1, *map(abs, right))
    if all(abs(a - b) <= tolerance for a, b in zip(came, right)):
        return None
    return Outcome(False, words(came), shown, _why_list(came, right, program, tolerance))


def _why_list(came, right, program, tolerance):
    def near(suspect):
        return len(suspect) == len(came) and all(abs(a - b) <= 2 * tolerance for a, b in zip(came, suspect))

    if near(right[::-1]):
        return "the partial derivatives come in reverse order"
    if len(right) > 1 and near([sum(right)] * len(right)):
        return "all arguments have tangent 1 at the same time: seed one, and give the others 0"
    if near(np.cumsum(right)):
        return "the tangents of the arguments before are still 1: start afresh for each argument"
    if near(_confused_or_none(program)):
        return "perturbation confusion: the inner gradient mistakes the outer tangent for its own"
    if all(abs(a - b) <= tolerance for a, b in zip(came[:-1], right)):
        return "only the last partial derivative is wrong"
    return ""


def _confused_or_none(program):
    try:
        return [v for v in map(as_float, program(_confused_gradient)) if v is not None]
    except Exception:
        return []


# Newton's method -------------------------------------------------------------------------------

def walk(coefficients, x0, tol=1e-12, max_steps=50, relative=True):
    """Newton's method on a polynomial, whose derivative algebra knows; None if it does not converge."""
    slopes = np.polyder(np.asarray(coefficients, float))
    x = float(x0)
    for _ in range(max_steps):
        step = float(np.polyval(coefficients, x)) / float(np.polyval(slopes, x))
        x -= step
        if abs(step) <= tol * (max(1.0, abs(x)) if relative else 1.0):
            return x
    return None


def newton(inputs, value):
    """Judge roots, and refusals."""
    finds, refuses = inputs["finds"], inputs["refuses"]
    if not isinstance(value, list) or len(value) != len(finds) + len(refuses):
        return Outcome(False, words(value), "an answer to each equation")
    for (text, coefficients, x0, options), answer in zip(finds, value):
        wrong = _root(text, coefficients, x0, options, answer)
        if wrong:
            return wrong
    for text, answer in zip(refuses, value[len(finds):]):
        wrong = _refusal(text, answer)
        if wrong:
            return wrong
    return Outcome(True)


def _root(text, coefficients, x0, options, answer):
    expected = walk(coefficients, x0, **options)
    # A step of 1e-12 is followed by one of its square; f itself, with terms up to |x|·|f'| in size,
    # has an error of some EPS·|x|·|f'|, which moves its root by some EPS·|x|.
    tolerance = 1e-11 * max(1.0, abs(expected))
    came = as_float(answer)
    if isinstance(answer, dict) and "endless" in answer:
        return Outcome(False, f"{text}: f was called {words(answer['endless'])} times", f"{expected:.12g}",
                       "the loop does not end: compare the step with tol · max(1, |x|), and count the steps")
    if came is None:
        hint = "return the root as a float, not a Dual" if isinstance(answer, Other) else "the function must return a number"
        return Outcome(False, f"{text}: {words(answer)}", f"{expected:.12g}", hint)
    if abs(came - expected) <= tolerance:
        return None
    exact = walk(coefficients, x0, max_steps=100)
    hint = ""
    if "tol" in options and exact is not None and abs(came - exact) <= tolerance:
        hint = "this is closer to the root than asked: stop as soon as |s| <= tol · max(1, |x|)"
    elif "tol" in options:
        hint = "stop as soon as |s| <= tol · max(1, |x|), and return the x after that step"
    elif not math.isfinite(came):
        hint = "the result is not finite: a step that is NaN or infinite must raise RuntimeError"
    return Outcome(False, f"{text}: {words(came)}", f"{expected:.12g} ± {tolerance:.1g} (Newton's steps, by algebra)", hint)


def _refusal(text, answer):
    expected = "RuntimeError, with a message that says why"
    if not isinstance(answer, dict):
        return Outcome(False, f"{text}: {words(answer)}", expected)
    kinds = answer.get("kinds")
    if isinstance(kinds, list) and kinds:
        if "RuntimeError" in kinds and kinds[0] not in ("NotImplementedError", "RecursionError"):
            return None
        return Outcome(False, f"{text} raised {str(kinds[0])[:60]}: {str(answer.get('message'))[:100]}", expected,
                       "test the slope before you divide by it, and raise RuntimeError")
    came = answer.get("returned")
    if isinstance(came, dict):
        return Outcome(False, f"{text}: f was called {words(came.get('endless'))} times", expected,
                       "the loop does not end: at most max_steps steps")
    number = as_float(came)
    hint = "after max_steps steps without convergence, raise RuntimeError: there is no root to return"
    if number is not None and not math.isfinite(number):
        hint = "a result that is NaN or infinite is no root: raise RuntimeError"
    return Outcome(False, f"{text} returned {words(came)}", expected, hint)


# Formulas --------------------------------------------------------------------------------------

@lru_cache(maxsize=1024)
def _formula(e, xs, kind):
    """The gradient, or the second derivative of a function of one input, by JAX."""
    with compare.x64():
        if kind == "second":
            return [float(jax.grad(jax.grad(lambda x: e([x], JNP)))(xs[0]))]
        return [float(v) for v in jax.grad(lambda args: e(args, JNP))(list(xs))]


def expressions(inputs, value):
    """Judge the derivatives of formulas: a number for a function of one input, else a list."""
    expected = [_formula(e, tuple(xs), inputs["kind"]) for e, xs in inputs["formulas"]]
    if not isinstance(value, list) or len(value) != len(expected):
        return Outcome(False, words(value), "an answer to each formula")
    for (e, xs), right, answer in zip(inputs["formulas"], expected, value):
        came = answer if isinstance(answer, list) else [answer]
        numbers = [as_float(v) for v in came]
        # as the module's docstring says
        tolerance = 1e-8 * max(1.0, abs(right[0])) if inputs["kind"] == "second" else 1e-10
        if len(numbers) == len(right) and all(v is not None and abs(v - w) <= tolerance for v, w in zip(numbers, right)):
            continue
        shown = right if len(right) > 1 or isinstance(answer, list) else right[0]
        return Outcome(False, f"{e.text} at {list(xs)}: {words(answer)}", f"{words(shown)} ± {tolerance:.1g} (JAX)",
                       _why_formula(inputs["kind"], e, numbers, answer))
    return Outcome(True)


def _why_formula(kind, e, numbers, answer):
    if isinstance(answer, Other) or None in numbers:
        return A_DUAL
    used = sorted({str(node[0]) for node in e.nodes if node[0] not in ("x", "number")})
    if kind == "second":
        return f"a slope must be computed with Duals, too, so that it has a tangent itself; it uses {', '.join(used)}"
    return f"it uses {', '.join(used)}: check these one by one"


REFERENCES = {
    "arithmetic": by_hand,
    "powers": by_hand,
    "comparisons": by_hand,
    "functions": by_hand,
    "derivative": derivative,
    "gradient": gradient,
    "newton": newton,
    "expressions": expressions,
}
