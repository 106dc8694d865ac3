"""What assignment 2 asks: derivatives, right and wrong, that are put before a student's checkers.

This file and `claims.py`, which makes the derivatives, run beside a student's code; whether a derivative is right is
found out in `references.py`, with JAX. Every question is a function that takes a NumPy generator and returns a list
of cases. A case holds several trials, right and wrong ones mixed, so that one answer to all of them earns nothing.
"""

import os
from collections import namedtuple
from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np

from autograder import assignment, compare
from autograder.asking import attempt
from autograder.assignment import Case

claims = assignment.load("gradient_checking", "claims")
N, Trial, any_smooth, gradient_trial = claims.N, claims.Trial, claims.any_smooth, claims.gradient_trial
NAN, INF = float("nan"), float("inf")
Pair = namedtuple("Pair", "slope offset")


def case(rng, checker, about, trials, count_calls=False):
    """The case that puts the trials, in random order, before the student's checker."""
    trials = unlabelled(tuple(trials[i] for i in rng.permutation(len(trials))))

    def ask(student):
        found = []
        for t in trials:
            calls = []
            f = _counted(t.f, calls)
            arguments = [jnp.asarray(a) for a in t.at] + ([] if t.key is None else [jax.random.key(t.key)])
            if checker == "check_gradient":
                arguments = arguments[:1]
            answer = attempt(lambda: _as_bool(student(f, t.claim, *arguments, **t.options)))
            found.append({"answer": answer, "calls": len(calls)} if count_calls else answer)
        return found

    return Case(f"{checker} {about} ({len(trials)} trials, right and wrong ones)", ask, {"checker": checker, "trials": trials})


def unlabelled(trials):
    """The trials; without the words that say what is wrong with them, while they are beside a student's code."""
    if os.environ.get("AUTOGRADER_ASK_ONLY"):
        return tuple(replace(t, words="", topic="") for t in trials)
    return trials


def _counted(function, calls):
    def f(x):
        calls.append(1)
        return function(x)

    return f


def _as_bool(value):
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if hasattr(value, "dtype") and hasattr(value, "shape") and value.shape == () and value.dtype == bool:
        return bool(value)
    return {"returned": "None" if value is None else f"{type(value).__name__} {value!r}"[:150]}


def _mixed(rng, topic, names, rights, make=any_smooth, **options):
    """Trials with the named flaws, and as many right ones as asked for, each of a function of its own."""
    return [gradient_trial(rng, make(rng), name, topic, **options) for name in [*names, *["none"] * rights]]


def _at_scales(rng, trial):
    return [trial(scale, name) for scale in (1e-8, 1e8) for name in ("none", rng.choice(["one", "last"]), "none", "twice")]


def gradient_cases(rng, checker):
    """What check_gradient and check_directions are both asked."""
    def kinks(name, kind):
        return gradient_trial(rng, claims.with_kink(rng, kind), name, "kink")

    return [
        case(rng, checker, "with one component off by 0.05 %", _mixed(rng, "small", ["one", "first", "last", "low"], 3)),
        case(rng, checker, "with a wrong sign, factor or order",
             [*_mixed(rng, "gross", ["sign", "one sign", "twice", "half", "zero", "rolled"], 2),
              *_mixed(rng, "negative", [], 2, claims.negative)]),
        case(rng, checker, "with the gradient of another x", _mixed(rng, "elsewhere", ["elsewhere"] * 2, 2)),
        case(rng, checker, "with errors that cancel in a sum", _mixed(rng, "hidden", ["hidden"] * 3, 2)),
        case(rng, checker, "with NaN and inf", _mixed(rng, "finite", ["nan", "all nan", "not finite", "inf"], 2)),
        case(rng, checker, "with results of a wrong shape",
             _mixed(rng, "shape", ["column", "row", "scalar", "longer", "shorter"], 2, claims.flat)),
        case(rng, checker, "with a gradient that raises", _mixed(rng, "raises", ["raises"] * 2, 2)),
        case(rng, checker, "at scales 1e-8 and 1e8",
             _at_scales(rng, lambda s, name: gradient_trial(rng, claims.scaled(any_smooth(rng), s), name, "scale"))),
        case(rng, checker, "near a kink", [kinks(name, kind) for name, kind in (
            ("none", "abs"), ("none", "max"), ("none", "max"), ("one", "abs"), ("last", "max"))]),
        case(rng, checker, "where a component is 0",
             [gradient_trial(rng, claims.with_zero(rng), name, "zero") for name in ("noise", "noise", "zeroth", "one sign")]),
    ]


def check_gradient(rng):
    result = gradient_cases(rng, "check_gradient")
    rtols = [gradient_trial(rng, any_smooth(rng), "slightly", "rtol", rtol=r) for r in (1e-2, 0.05)]
    rtols += [gradient_trial(rng, any_smooth(rng), name, "rtol", **o) for name, o in
              [("sign", {"rtol": 1e-2}), ("slightly", {"rtol": 1e-6}), ("slightly", {}), ("none", {})]]
    return [*result, case(rng, "check_gradient", "with another rtol", rtols)]


def check_directions(rng):
    name = "check_directions"
    result = gradient_cases(rng, name)
    rtols = [gradient_trial(rng, any_smooth(rng), flaw, "rtol", **o) for flaw, o in
             [("slightly", {"rtol": 0.1}), ("twenty", {"rtol": 0.1}), ("slightly", {"rtol": 1e-6}),
              ("none", {}), ("slightly", {})]]
    rtols += [gradient_trial(rng, any_smooth(rng), flaw, "directions", directions=d) for flaw, d in
              [("twice", 1), ("none", 1), ("one", 20), ("none", 3)]]
    blind = [gradient_trial(rng, any_smooth(rng), flaw, "one direction") for flaw in ("none", "none", "none")]
    blind += [_blind_to_the_first(rng) for _ in range(3)]
    sizes = [gradient_trial(rng, claims.smooth(rng, n)[1], flaw, f"n = {n}") for n in (N, 200) for flaw in ("none", "twice")]
    calls = case(rng, name, f"for n = {N} and n = 200: the number of calls of f", sizes, count_calls=True)
    return [*result, case(rng, name, "with another rtol or number of directions", rtols),
            case(rng, name, "where the first random direction sees no error", blind), calls]


def _blind_to_the_first(rng):
    """A gradient whose error is orthogonal to what jax.random.normal draws first: one direction is not enough."""
    right = gradient_trial(rng, any_smooth(rng), "none", "one direction")
    key = jax.random.key(right.key)
    keys = [key, *jax.random.split(key)]
    with compare.x64():
        drawn = np.stack([np.asarray(jax.random.normal(k, (N,))) for k in keys])
    error = rng.uniform(-1, 1, N)
    error -= np.linalg.lstsq(drawn, drawn @ error, rcond=None)[0]
    error /= np.max(np.abs(error))

    def grad_f(x):
        g = np.asarray(right.claim(x))
        return g + 0.3 * np.max(np.abs(g)) * error

    words = "has errors that one direction does not see"
    return Trial(right.text, right.f, grad_f, right.at, words, "one direction", right.key)


def product_cases(rng, checker, reverse):
    """What check_jvp and, in reverse, check_vjp are asked."""
    def trial(name, topic, m=3, n=4, kind=None, scale=1.0, **options):
        function = claims.mapping(rng, m, n, kind)
        if scale != 1.0:
            function = claims.scaled(function, scale)
        return claims.product_trial(rng, function, name, topic, reverse, **options)

    def trials(topic, names, rights, **more):
        return [trial(name, topic, **more) for name in [*names, *["none"] * rights]]

    return [
        case(rng, checker, "of maps (n,) → (m,) with m ≠ n, some transposed",
             [trial(name, "transposed", *shape) for name in ("transposed", "none") for shape in ((3, 4), (4, 3))]),
        case(rng, checker, "of maps (n,) → (n,), some transposed",
             trials("square", ["transposed", "transposed"], 2, m=4, n=4)),
        case(rng, checker, f"with one component off by {2 if reverse else 0.05} %",
             trials("small", ["one", "first", "last", "low"], 3)),
        case(rng, checker, "with a wrong sign or factor", trials("gross", ["sign", "one sign", "twice", "half", "zero"], 1)
             + [trial("none", "negative", kind="flat", scale=s) for s in (1.0, -1.0)]),
        case(rng, checker, "with a derivative that misuses its arguments",
             trials("arguments", ["part", "ignored", "normalised", "absolute", "elsewhere"], 3)),
        case(rng, checker, "with errors that cancel in a sum", trials("hidden", ["hidden"] * 3, 2)),
        case(rng, checker, "with NaN, inf, or an exception", trials("finite", ["nan", "all nan", "not finite", "inf"], 1)
             + trials("raises", ["raises"], 1)),
        case(rng, checker, "with results of a wrong shape",
             trials("shape", ["column", "row", "scalar", "longer", "shorter"], 2, kind="flat")),
        case(rng, checker, "at scales 1e-8 and 1e8", _at_scales(rng, lambda s, name: trial(name, "scale", scale=s))),
        case(rng, checker, "near a kink", trials("kink", ["twice", "last"], 3, kind="kink")),
        case(rng, checker, "where a component is 0", trials("zero", ["noise", "noise", "one sign", "zeroth"], 0,
                                                              kind="zero column" if reverse else "zero row")),
        case(rng, checker, "with another rtol", [trial("slightly", "rtol", rtol=0.1), trial("slightly", "rtol", rtol=0.1),
             trial("twenty", "rtol", rtol=0.1), trial("last", "rtol", rtol=1e-6),
              trial("last" if reverse else "slightly", "rtol"),
             trial("none", "rtol")]),
    ]


def check_jvp(rng):
    return product_cases(rng, "check_jvp", reverse=False)


def check_vjp(rng):
    return product_cases(rng, "check_vjp", reverse=True)


# --- check_tree and relative_error

def _trees(rng):
    """Parameters of several structures, by their names in a report."""
    def leaf(*shape):
        return np.asarray(np.round(rng.uniform(-0.9, 0.9, shape), 3))

    return {
        "{'W': (3,), 'b': ()}": {"W": leaf(3), "b": leaf()},
        "{'layers': [{'W': (2, 3), 'b': (2,)}, {'W': (2,), 'b': ()}]}":
            {"layers": [{"W": leaf(2, 3), "b": leaf(2)}, {"W": leaf(2), "b": leaf()}]},
        "((2,), [(), (2, 2)])": (leaf(2), [leaf(), leaf(2, 2)]),
        "Pair(slope: (3,), offset: ())": Pair(leaf(3), leaf()),
        "{'a': (2,), 'b': (2,), 'c': (2,)}": {"a": leaf(2), "b": leaf(2), "c": leaf(2)},
    }


def tree_trial(rng, text, params, flaws, topic, scale=1.0, drop=(), extra=(), unused=None):
    """A gradient over a tree of parameters.

    flaws: what is wrong, by the place of the leaf. drop, extra: keys of a dict that the gradient leaves out, or adds.
    unused: the place of a leaf that f does not depend on.
    """
    leaves, structure = jax.tree_util.tree_flatten(params)
    b = [rng.uniform(0.5, 1.5, np.shape(leaf)) for leaf in leaves]
    use = [float(k != unused) for k in range(len(leaves))]
    changes = {k: claims.flaw(rng, name) for k, name in flaws.items()}

    def f(p):
        return scale * jnp.log(sum(u * jnp.sum(jnp.exp(c * x)) for u, c, x in zip(use, b, jax.tree_util.tree_leaves(p))))

    def grad_f(p):
        xs = [np.asarray(x) for x in jax.tree_util.tree_leaves(p)]
        total = sum(u * np.sum(np.exp(c * x)) for u, c, x in zip(use, b, xs))
        gs = [scale * u * c * np.exp(c * x) / total for u, c, x in zip(use, b, xs)]
        gs = [np.reshape(changes[k][1](np.atleast_1d(g)), g.shape) if g.shape == () and k in changes else
              changes[k][1](g) if k in changes else g for k, g in enumerate(gs)]
        tree = jax.tree_util.tree_unflatten(structure, gs)
        if not (drop or extra):
            return tree
        return {k: v for k, v in tree.items() if k not in drop} | {k: np.ones(2) for k in extra}

    keys = [jax.tree_util.keystr(path) for path, _ in jax.tree_util.tree_leaves_with_path(params)]
    words = [f"{changes[k][0]} at {keys[k]}" for k in changes]
    words += [f"lacks the leaf {k!r}" for k in drop] + [f"has a leaf {k!r} too many" for k in extra]
    text = (f"{scale:g} · " if scale != 1 else "") + f"a function of {text}"
    text += "" if unused is None else f", unused: {keys[unused]}"
    return Trial(text, f, grad_f, (params,), " and ".join(words) or "is right", topic)


def tree_case(title, trials):
    trials = unlabelled(tuple(trials))

    def ask(student):
        found = []
        for t in trials:
            given = jax.tree_util.tree_map(jnp.asarray, t.at[0])
            answer = attempt(lambda: student(t.f, t.claim, given))
            if isinstance(answer, dict) and "raised" not in answer:
                answer = {"errors": {k if isinstance(k, str) else f"{k!r}, no text": v for k, v in answer.items()}}
            found.append(answer if isinstance(answer, dict) else {"returned": repr(answer)[:150]})
        return found

    return Case(f"check_tree {title}", ask, {"trials": trials})


def check_tree(rng):
    trees = list(_trees(rng).items())
    pair, layers, tuples, named, three = trees

    def trial(tree, topic, flaws=None, **more):
        return tree_trial(rng, *tree, flaws or {}, topic, **more)

    return [
        tree_case("of a dict", [trial(pair, "small", {0: "one"}), trial(pair, "small", {1: "sign"}), trial(pair, "small")]),
        tree_case("of dicts in a list", [trial(layers, "small", {0: "twice", 2: "last"}),
                                       trial(layers, "small", {1: "first", 3: "half"})]),
        tree_case("of a tuple and a list", [trial(tuples, "small", {1: "twice"}),
                                           trial(tuples, "small", {2: "half", 0: "last"})]),
        tree_case("of a namedtuple", [trial(named, "small", {0: "first"}), trial(named, "small", {1: "sign"})]),
        tree_case("with a leaf missing", [trial(three, "missing", drop=[k]) for k in "abc"]),
        tree_case("with a leaf too many", [trial(three, "extra", extra=["A"]), trial(pair, "extra", extra=["z"])]),
        tree_case("with a leaf under a wrong name", [trial(three, "missing", drop=["a"], extra=["d"])]),
        tree_case("with NaN and inf in a leaf", [trial(layers, "finite", {0: "nan"}), trial(pair, "finite", {1: "nan"}),
                                                 trial(pair, "finite", {0: "inf"})]),
        tree_case("with leaves of a wrong shape", [trial(three, "shape", {0: "column"}), trial(three, "shape", {1: "scalar"}),
                                                   trial(three, "shape", {2: "longer", 0: "one"})]),
        tree_case("at scales 1e-8 and 1e8", [trial(pair, "scale", {0: "one"}, scale=1e-8),
                                              trial(layers, "scale", {3: "twice"}, scale=1e8)]),
        tree_case("with a leaf that f does not use", [trial(three, "unused", {0: "half"}, unused=2),
                                                     trial(layers, "unused", {2: "one"}, unused=1)]),
    ]


def _pairs_case(about, pairs, topic, watch=False):
    """relative_error of several pairs; watch: whether the question is what becomes of the arguments."""
    pairs = tuple((np.asarray(a), np.asarray(b)) for a, b in pairs)

    def ask(student):
        given = [(np.copy(a), np.copy(b)) for a, b in pairs]
        found = [attempt(lambda: student(*p)) for p in given]
        return {"values": found, "given": [list(p) for p in given]} if watch else found

    return Case(f"relative_error of {about}", ask, {"pairs": pairs, "topic": topic, "watch": watch})


def relative_error(rng):
    def numbers(*shape):
        return np.round(rng.choice([-1.0, 1.0], shape) * rng.uniform(0.5, 2, shape), 3)

    def near(a, by=1e-3):
        return a * (1 + by * rng.uniform(-1, 1, a.shape))

    def only(a, k, by):
        return claims.changed(a, k, lambda v: v * by)

    a, b, x = numbers(4), numbers(4), numbers(3)
    grid = numbers(2, 3)
    first, last = (int(v) for v in rng.integers(2, 6, 2))
    with_nan, with_inf = only(x, 1, NAN), claims.changed(x, 2, lambda v: INF)
    mixed = np.array([0.0, 2.0, INF, -INF, 1.0])
    return [
        _pairs_case("vectors", [(a, near(a)), (a, b), (b, near(b, 1e-9))], "plain"),
        _pairs_case("vectors where one element differs",
                    [(a, only(a, 0, 1.25)), (a, only(a, 3, 0.75)), (only(a, 2, 1.5), a), (a, a)], "one"),
        _pairs_case("numbers of other size or sign",
                    [(x, first * x), (last * x, x), (x, -x), (-np.abs(x), -1.5 * np.abs(x)), (0.01 * x, -x)], "size"),
        _pairs_case("zeros", [([0.0, 1.0], [0.0, 1.5]), ([0.0, -0.0], [0.0, 0.0]),
                              ([0.0, 2.0], [3.0, 2.0]), ([1.0, 5.0], [1.0, 0.0]),
                              (np.zeros(3), x)], "zero"),
        _pairs_case("very small and very large numbers",
                    [(1e-30 * x, 2e-30 * x), (1e-9 * a, near(1e-9 * a)), (1e30 * a, near(1e30 * a)),
                     ([1e-12, 1e12], [3e-12, 1e12])], "tiny"),
        _pairs_case("arrays of unlike shapes",
                    [(x, x[:, None]), (x, x[None, :]), (np.ones(3), np.array(1.0)), (grid, grid.T), (grid, grid.ravel()),
                     (x, np.append(x, 1.0)), (x, near(x))], "shape"),
        _pairs_case("NaN",
                    [(x, with_nan), (with_nan, x), (with_nan, with_nan), (np.array(NAN), np.array(1.0)), (x, near(x))], "nan"),
        _pairs_case("inf", [(with_inf, with_inf), ([INF, 1.0], [2.0, 3.0]), ([2.0, 3.0], [1.0, -INF]), (with_inf, x),
                            (x, with_inf), (with_inf, -with_inf), (mixed, claims.changed(mixed, 1, lambda v: v * first)),
                            (with_inf, claims.changed(with_inf, 0, lambda v: 1.5 * v))], "inf"),
        _pairs_case("empty arrays",
                    [(np.zeros(0), np.zeros(0)), (np.zeros((2, 0)), np.zeros((2, 0))), (np.zeros(0), np.zeros((2, 0))),
                     (x, first * x)], "empty"),
        _pairs_case("grids, 0-d arrays and integers",
                    [(grid, near(grid)), (np.array(1.5), np.array(1.25)), (only(grid, 1, first), grid),
                     (np.array([2, 3]), np.array([2, 4])), (np.array(0.0), np.array(0.0))], "plain"),
        _pairs_case("vectors: are they left unchanged?",
                    [(a, b), (with_nan, x), ([0.0, 1.0], [0.0, 2.0])], "plain", watch=True),
    ]


QUESTIONS = {
    "relative_error": relative_error,
    "check_gradient": check_gradient,
    "check_directions": check_directions,
    "check_jvp": check_jvp,
    "check_vjp": check_vjp,
    "check_tree": check_tree,
}
