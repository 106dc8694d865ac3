"""Comparing an answer with a reference: tolerance, words for what came, and the usual causes.

References of all assignments use these; what only one assignment knows stands in its own file.
"""

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from threading import RLock
from typing import Any

import numpy as np

from autograder.assignment import Outcome
from autograder.wire import Other

EPS = float(np.finfo(np.float64).eps)
_SWITCHING = RLock()


@contextmanager
def x64():
    """JAX with float64 inside the block; the caller's setting comes back after it."""
    import jax

    with _SWITCHING:                 # the setting is the process's: threads take turns
        before = jax.config.jax_enable_x64
        jax.config.update("jax_enable_x64", True)
        try:
            yield
        finally:
            jax.config.update("jax_enable_x64", before)


def as_float(value: Any) -> float | None:
    """What `float(...)` makes of an answer: a number or an array of one element; None if it cannot."""
    if isinstance(value, (bool, str)) or value is None:
        return None
    if isinstance(value, (int, float)):
        try:
            return float(value)
        except OverflowError:
            return None
    if isinstance(value, np.ndarray) and value.shape == () and value.dtype.kind in "fiu":
        return float(value)
    return None


def words(value: Any) -> str:
    """An answer in words short enough for a report."""
    if isinstance(value, Other):
        return f"an object of type {value}"
    if value is None:
        return "None (is there a `return`?)"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, np.ndarray):
        if value.shape == ():
            return f"{value[()]:.12g}" if value.dtype.kind == "f" else f"{value[()]} of dtype {value.dtype}"
        text = np.array2string(value, precision=8, separator=", ", threshold=12).replace("\n", " ")
        return f"{text[:300]} (shape {value.shape}, dtype {value.dtype})"
    return repr(value)[:200]


def exception(answer: Any) -> str:
    """The exception in an answer {"raised": …}, in words and with the student's line; "" for any other answer."""
    raised = answer.get("raised") if isinstance(answer, dict) else None
    if not isinstance(raised, dict):
        return ""
    kind, message, line = (str(raised.get(k, ""))[:500] for k in ("type", "message", "line"))
    return f"{kind}: {message}" + (f" ({line})" if line else "")


def number(value: Any, expected: float, tolerance: float, source: str,
           suspects: Mapping[str, float] | None = None) -> Outcome:
    """Judge a number: right if it lies within `tolerance` (absolute) of `expected`.

    suspects: what known mistakes would have answered, by the hint that names the mistake.
    """
    shown = f"{expected:.12g} ± {tolerance:.1g} ({source})"
    came = as_float(value)
    if came is None:
        return Outcome(False, words(value), shown, "the function must return a number")
    if abs(came - expected) <= tolerance:
        return Outcome(True, words(value), shown)
    return Outcome(False, words(came), shown, cause(came, expected, tolerance, suspects or {}))


def cause(came: float, expected: float, tolerance: float, suspects: Mapping[str, float]) -> str:
    """The likely cause of a wrong number: a suspect's answer, a factor, a sign, single precision."""
    if not np.isfinite(came):
        return "the result is not finite: is something divided by zero, or does it overflow?"
    for hint, answer in suspects.items():
        if abs(came - answer) <= 2 * tolerance:
            return hint
    scale = max(abs(expected), tolerance)
    factors = {2.0: "twice too large: is something counted twice, or a factor 2 missing in a denominator?",
               0.5: "half of what it should be: is there a factor 2 too many?",
               -1.0: "the sign is wrong"}
    for factor, hint in factors.items():
        if abs(came - factor * expected) <= 2 * tolerance + 1e-3 * scale:
            return hint
    if abs(came - expected) <= 1e-2 * scale and float(np.float32(came)) == came:
        return "right to a few digits only, and a float32 number: does float32 leak into the computation?"
    return ""


def array(value: Any, expected: np.ndarray, tolerance: float, source: str,
          suspects: Mapping[str, np.ndarray] | None = None) -> Outcome:
    """Judge an array: shape of `expected`, dtype float64, each element within `tolerance`."""
    shown = f"{words(expected)} ± {tolerance:.1g} ({source})"
    if isinstance(value, list):
        return Outcome(False, "a list", shown, "return a NumPy array")
    if isinstance(value, (int, float)) and not isinstance(value, bool) and expected.shape == ():
        value = np.float64(value)[...] if isinstance(value, float) else np.array(value)
    if not isinstance(value, np.ndarray):
        return Outcome(False, words(value), shown, "return a NumPy array")
    if value.shape != expected.shape:
        return Outcome(False, words(value), shown, f"the result must have the shape of x, {expected.shape}")
    if value.dtype != np.float64:
        return Outcome(False, words(value), shown, f"the result must be float64, not {value.dtype}: make it with "
                       "np.zeros(x.shape), not from integers or float32")
    wrong = ~(np.abs(value - expected) <= tolerance)
    if not wrong.any():
        return Outcome(True, words(value), shown)
    if wrong.sum() == 1 and value.size > 1:
        index = tuple(int(i) for i in np.argwhere(wrong)[0])
        return Outcome(False, words(value), shown, f"only the element at index {index} is wrong")
    for hint, answer in (suspects or {}).items():
        if np.all(np.abs(value - answer) <= 2 * tolerance):
            return Outcome(False, words(value), shown, hint)
    worst = np.argmax(np.where(np.isnan(value), np.inf, np.abs(value - expected)))
    return Outcome(False, words(value), shown,
                   cause(float(value.flat[worst]), float(expected.flat[worst]), tolerance, {}))


def refuses(kind: str = "ValueError") -> Callable[[Mapping[str, Any], Any], Outcome]:
    """A reference for calls that must raise `kind`: inputs["calls"] says in words what each call was."""

    def judge(inputs: Mapping[str, Any], value: Any) -> Outcome:
        calls, expected = inputs["calls"], f"{kind}, with a message that says what is wrong"
        if not isinstance(value, list) or len(value) != len(calls):
            return Outcome(False, words(value), expected)
        for call, what in zip(calls, value):
            kinds = what.get("kinds") if isinstance(what, dict) else None
            if isinstance(kinds, list) and kinds[:1] == ["NotImplementedError"]:     # which is a RuntimeError, too
                return Outcome(False, "NotImplementedError", untouched=True)
            if isinstance(kinds, list) and kind in kinds:
                continue
            came = f"{call} raised {kinds[0]}" if isinstance(kinds, list) and kinds else f"{call} returned {words(what.get('returned')) if isinstance(what, dict) else '?'}"
            return Outcome(False, came, expected, f"test the arguments first, and `raise {kind}(…)`")
        return Outcome(True)

    return judge
