"""The answers of assignment 2: JAX's derivatives against what was claimed, and hints.

Whether a checker has to say True is found out here, and not stored: JAX differentiates f, the claim is called once
more, and the two are compared as the notebook says, relative to the largest component. The claims are made such
that right ones agree to 1e-12 and wrong ones are off by 20 rtol or more, mostly by 100: no rounding decides.
"""

import math
from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np

from autograder import compare
from autograder.assignment import Outcome
from autograder.compare import EPS, as_float, words

DEFAULT_RTOL = 1e-6

# By what a trial is about: why a checker may accept a wrong derivative, and why it may reject a right one.
ACCEPTS = {
    "small": "a small error in one component passes: look at each component, the first and the last too, and at its size",
    "gross": "compare size and sign: is there an abs too many, or one that is missing, or one component only?",
    "elsewhere": "the derivative is right at another x: differentiate f at the x that was given",
    "hidden": "the errors cancel in a sum, or along the direction of ones: compare each component, or random directions",
    "finite": "a comparison with NaN is False: ask whether the error is <= the tolerance, never whether it is > it; "
              "or test np.isfinite first",
    "shape": "compare the shapes first: NumPy broadcasts (n, 1) and () without a word, and a loop misses what is too long",
    "raises": "a derivative that raises an exception is wrong: return False",
    "scale": "at this scale an absolute tolerance lets everything pass, and np.allclose has one (atol=1e-8): "
             "compare with rtol times the largest component",
    "kink": "an error near a kink passes: look at each component",
    "zero": "an error passes where the right value is 0: it is measured against the largest component, not against its own",
    "rtol": "this error is larger than rtol allows: is another tolerance in use?",
    "directions": "with the number of directions asked for, this error must be seen: are they random, and of length 1?",
    "one direction": "the error is orthogonal to one direction: draw each direction from a key of its own (jax.random.split)",
    "transposed": "the Jacobian was transposed, which fails where m ≠ n: return False when the derivative "
                  "raises, and look at its shape",
    "square": "the Jacobian was transposed: for m = n only the values show it, not the shape",
    "arguments": "the derivative must be right at this x and for this vector: is f's own derivative taken for the same ones?",
}
REJECTS = {
    "scale": "at this scale an absolute tolerance rejects what is right: compare with rtol times the largest component",
    "kink": "the step reaches across the kink: it must stay below 1e-4 on either side of x",
    "zero": "where the right value is 0, rounding is a large error of it: measure errors against the largest component",
    "rtol": "the tolerance asked for is larger than the error: is rtol used?",
    "transposed": "this map has m ≠ n and its derivative is right: is the Jacobian taken with the right side up?",
    "negative": "all components have one sign here: the largest component is meant in size, np.max(np.abs(…))",
}
RAISED = "a derivative that is wrong may raise an exception: catch it around the call, and return False"
STEP = ("is the derivative that you compare with exact enough? A step near 1e-5 and a central difference are good to 1e-9; "
        "a forward difference and a tiny step are not")


@lru_cache(maxsize=4096)  # a class asks for the same ones again and again
def truth(trial):
    """What JAX says: the gradient at x, J x_dot, or y_bar J, as a NumPy array."""
    with compare.x64():
        x, *v = (jnp.asarray(a) for a in trial.at)
        if not v:
            return np.asarray(jax.grad(trial.f)(x))
        if trial.key is None:
            return np.asarray(jax.jvp(trial.f, (x,), (v[0],))[1])
        return np.asarray(jax.vjp(trial.f, x)[1](v[0])[0])


@lru_cache(maxsize=4096)
def claimed(trial):
    """What the claim gives, or None where it raises."""
    with compare.x64():
        try:
            return np.asarray(trial.claim(*(jnp.asarray(a) for a in trial.at)))
        except Exception:
            return None


def is_right(trial):
    """Whether a checker has to say True to a trial."""
    exact, came = truth(trial), claimed(trial)
    if came is None or came.shape != exact.shape or not np.isfinite(came).all():
        return False
    return bool(np.max(np.abs(came - exact)) <= trial.options.get("rtol", DEFAULT_RTOL) * np.max(np.abs(exact)))


def checker(inputs, value):
    """Judge the answers of a checker to all trials of a case: right if all are."""
    trials = inputs["trials"]
    if not isinstance(value, list) or len(value) != len(trials):
        return Outcome(False, words(value), "True or False to each trial")
    calls = [v.get("calls") if isinstance(v, dict) else None for v in value] if inputs["checker"] == "check_directions" else []
    answers = [v["answer"] if isinstance(v, dict) and "answer" in v else v for v in value]
    for trial, answer in zip(trials, answers):
        expected = is_right(trial)
        if answer is not expected:
            return _wrong(inputs["checker"], trial, answer, expected)
    if any(isinstance(v, dict) and "calls" in v for v in value):
        return _calls(trials, calls)
    return Outcome(True)


def _wrong(name, trial, answer, expected):
    """The outcome for a trial that got a wrong verdict, or none."""
    claim = name.removeprefix("check_").replace("gradient", "grad").replace("directions", "grad") + "_f"
    options = "".join(f", {k}={v:g}" for k, v in trial.options.items())
    about = f"for f(x) = {trial.text}{options}, where {claim} {trial.words}"
    came, exact = claimed(trial), truth(trial)
    shown = "raises an exception" if came is None else f"gives {_short(came)}"
    expectation = f"{expected}: JAX says {_short(exact)}, {claim} {shown}"
    if isinstance(answer, bool):
        return Outcome(False, f"{answer} {about}", expectation, _hint(trial, answer))
    if said := compare.exception(answer):
        hint = "" if expected else ACCEPTS["shape"] if trial.topic == "shape" else RAISED
        return Outcome(False, f"{said} {about}", expectation, hint)
    returned = answer.get("returned") if isinstance(answer, dict) else None
    shown = str(returned)[:150] if returned is not None else words(answer)
    return Outcome(False, f"{shown} {about}", expectation, "return True or False: is there a `return` on every way through?")


def _hint(trial, answer):
    """The likely reason of a wrong verdict."""
    if not answer:
        return REJECTS.get(trial.topic, STEP)
    return ACCEPTS.get(trial.topic, "a wrong derivative passes")


def _short(array):
    text = np.array2string(array, precision=6, separator=", ", threshold=8, edgeitems=3).replace("\n", "")
    return f"{text[:160]}" + ("" if array.ndim == 1 else f" (shape {array.shape})")


def _calls(trials, calls):
    """Whether as many calls of f were made for the long x as for the short one."""
    shown = "as many calls of f for a large n as for a small one"
    sizes = {}
    for trial, count in zip(trials, calls):
        if not isinstance(count, int) or isinstance(count, bool) or count < 1:
            return Outcome(False, f"{words(count)} calls of f", shown)
        sizes.setdefault(len(trial.at[0]), []).append(count)
    short, long = sizes[min(sizes)], sizes[max(sizes)]
    came = f"{max(short)} calls for n = {min(sizes)}, {max(long)} for n = {max(sizes)}"
    return Outcome(max(long) <= max(short), came, shown,
                   "two calls for a direction are enough, whatever n is: do not go through the coordinates")


# --- relative errors

def error_of(a, b):
    """The relative error of two arrays, one pair of Python floats after the other."""
    if a.shape != b.shape:
        return math.inf
    errors = [0.0]
    for p, q in zip(a.ravel().tolist(), b.ravel().tolist()):
        if p == q:
            errors.append(0.0)                  # equal infinities, too
        elif not (math.isfinite(p) and math.isfinite(q)):
            return math.inf
        else:
            errors.append(abs(p - q) / max(abs(p), abs(q)))
    return max(errors)


def _suspects(a, b):
    """What usual mistakes give for a pair of arrays of one shape that are finite, or equal where they are not."""
    differs, size, zeros = a != b, a.size, np.any((a == b) & (a == 0))
    a, b = a[differs], b[differs]
    if not a.size:
        a, b = np.ones(1), np.ones(1)
    with np.errstate(all="ignore"):
        d, p, q = np.abs(a - b), np.abs(a), np.abs(b)
        each = d / np.maximum(p, q)
        return {
            "this is the mean over the elements: take the largest": np.sum(each) / size,
            "this is the sum over the elements: take the largest": np.sum(each),
            "divided by abs(b): divide by the larger of abs(a) and abs(b), element by element": np.max(d / q),
            "divided by abs(a): divide by the larger of abs(a) and abs(b), element by element": np.max(d / p),
            "divided by abs(a) + abs(b): divide by the larger of the two": np.max(d / (p + q)),
            "divided by the smaller of abs(a) and abs(b): divide by the larger": np.max(d / np.minimum(p, q)),
            "divided by the largest of all elements: divide each by its own": np.max(d) / max(np.max(p), np.max(q)),
            "this is the absolute error: divide by the larger of abs(a) and abs(b)": np.max(d),
            "the sign of a - b matters in it: take abs(a - b)": np.max((a - b) / np.maximum(p, q)),
            "0/0 is NaN: where both are 0, the error is 0": math.nan if zeros else np.max(each),
        }


FORMULA = "take the largest of abs(a - b) / max(abs(a), abs(b)), element by element"
TOPICS = {
    "shape": "compare the shapes first: NumPy broadcasts what does not fit",
    "nan": "max() and np.nanmax pass a NaN over, and a comparison with it is False: test np.isnan first",
    "inf": "inf - inf is NaN: equal infinities have error 0, all others inf",
    "empty": "an empty array has no largest element: its error is 0",
    "zero": "where both are 0, the error is 0; where one is, it is 1",
    "tiny": "a small number was added, or used as a floor: the error is relative at every size",
}


def relative_error(inputs, value):
    pairs, given = inputs["pairs"], None
    if inputs["watch"]:
        value, given = (value.get(k) if isinstance(value, dict) else None for k in ("values", "given"))
        if not isinstance(given, list) or len(given) != len(pairs):
            return Outcome(False, words(given), "a and b, as they were")
    if not isinstance(value, list) or len(value) != len(pairs):
        return Outcome(False, words(value), "a number for each pair")
    for (a, b), came in zip(pairs, given or ()):
        if not isinstance(came, list) or len(came) != 2 or not all(map(_same, (a, b), came)):
            return Outcome(False, f"a and b are now {words(came)}", f"a = {words(a)} and b = {words(b)}, as they were",
                           "do not write into a and b: a - b makes a new array, a -= b does not")
    for (a, b), came in zip(pairs, value):
        expected, about = error_of(a, b), f" for a = {_short(a)}, b = {_short(b)}"
        number = as_float(came)
        hint = TOPICS[inputs["topic"]] if _shows(inputs["topic"], a, b, number, expected) else ""
        if said := compare.exception(came):
            return Outcome(False, said + about, f"{expected:.9g}", hint)
        if number is None:
            return Outcome(False, words(came) + about, f"{expected:.9g}, by the definition", "return a number")
        if not _close(number, expected):
            hint = _why(pairs, value) or hint or FORMULA
            return Outcome(False, words(came) + about, f"{expected:.9g}, by the definition", hint)
    return Outcome(True)


def _shows(topic, a, b, number, expected):
    """Whether a wrong answer to a pair comes from what its case is about: a case has other pairs, too."""
    odd = number is None or not (math.isfinite(number) and math.isfinite(expected))
    values = np.append(a, b)
    return {"shape": a.shape != b.shape, "nan": np.isnan(values).any(), "inf": odd and np.isinf(values).any(),
            "empty": a.size == 0, "zero": odd, "tiny": odd or number < expected}.get(topic, False)


def _close(number, expected, eps=4 * EPS):
    """Equal up to rounding: a subtraction, a division and their order make 4 EPS of the result; 0 and inf are exact."""
    return number == expected or abs(number - expected) <= eps * abs(expected) < math.inf


def _same(original, came):
    return isinstance(came, np.ndarray) and came.shape == original.shape and np.array_equal(came, original, equal_nan=True)


def _why(pairs, value):
    """The mistake that explains all answers of a case to pairs for which the formula has something to say."""
    plain = [(a, b, as_float(came)) for (a, b), came in zip(pairs, value)
             if a.shape == b.shape and a.size and np.all((a == b) | (np.isfinite(a) & np.isfinite(b)))]
    if not plain or any(number is None for *_, number in plain) or all(_close(n, error_of(a, b)) for a, b, n in plain):
        return ""
    tables = [(_suspects(a, b), number) for a, b, number in plain]
    fitting = [hint for hint in tables[0][0]
               if all(_close(number, t[hint], 1e-12) or (math.isnan(number) and math.isnan(t[hint])) for t, number in tables)]
    return fitting[0] if len(fitting) == 1 else ""


# --- trees

@lru_cache(maxsize=1024)
def leaf_errors(trial):
    """By key, the relative error of each leaf of a claimed gradient, against JAX's; inf for a leaf that has no partner."""
    with compare.x64():
        params = jax.tree_util.tree_map(jnp.asarray, trial.at[0])
        exact, came = (_leaves(g(params)) for g in (jax.grad(trial.f), trial.claim))
    return {k: error_of(exact[k], came[k]) if k in exact and k in came else math.inf for k in exact | came}


def _leaves(tree):
    return {jax.tree_util.keystr(path): np.asarray(leaf) for path, leaf in jax.tree_util.tree_leaves_with_path(tree)}


def check_tree(inputs, value):
    trials = inputs["trials"]
    if not isinstance(value, list) or len(value) != len(trials):
        return Outcome(False, words(value), "a dict for each gradient")
    for trial, came in zip(trials, value):
        expected = leaf_errors(trial)
        about = f" for {trial.text}, where grad_f {trial.words}"
        shown = "{" + ", ".join(f'"{k}": {v if v > 1e-12 else 0:.4g}' for k, v in expected.items()) + "}"
        if said := compare.exception(came):
            return Outcome(False, said + about, shown, TREES.get(trial.topic, ""))
        errors = came.get("errors") if isinstance(came, dict) else None
        if not isinstance(errors, dict):
            returned = came.get("returned") if isinstance(came, dict) else came
            return Outcome(False, f"{str(returned)[:150]}{about}", shown, "return a dict of relative errors")
        wrong = _wrong_leaf(errors, expected, trial.topic)
        if wrong:
            return Outcome(False, wrong[0] + about, shown, wrong[1])
    return Outcome(True)


TREES = {
    "missing": "a leaf of params that the gradient lacks counts inf under its key: go by keys, not by position",
    "extra": "a leaf of the gradient that params lack counts inf under its key",
    "shape": "compare the shapes of a leaf and its partner",
    "finite": "a NaN or an inf in a leaf makes its error inf",
}


def _wrong_leaf(errors, expected, topic):
    """What is wrong with a dict of errors, and a hint; None if nothing is."""
    if set(errors) != set(expected):
        foreign = not set(errors) & set(expected)
        return f"the keys {', '.join(sorted(errors))[:200]}", \
            "the keys must be those of jax.tree_util.keystr(path), for the whole path" if foreign else TREES.get(topic, "")
    for key, error in expected.items():
        number = as_float(errors[key])
        # Central differences at a good step are right to some 1e-8 in every element here; the contract grants 1e-6.
        if number is None or not (number == error or abs(number - error) <= 2e-6 * max(1.0, error) < math.inf):
            return f"{words(errors[key])} under \"{key}\"", _leaf_hint(number, error, topic)
    return None


def _leaf_hint(number, error, topic):
    if number is None:
        return "return a number for each leaf"
    if math.isinf(error):
        return TREES.get(topic, "")
    if error == 0:
        return "where both gradients are 0, the error is 0"
    if error > 1e-6 and number < error < 0.1:
        return "less than the largest error of the leaf: take the largest over its elements, not a mean, each by its own size"
    return "is relative_error right (task 1), element by element, and the gradient that you compare with exact enough?"


REFERENCES = {
    "relative_error": relative_error,
    "check_gradient": checker,
    "check_directions": checker,
    "check_jvp": checker,
    "check_vjp": checker,
    "check_tree": check_tree,
}
