"""Derivatives under examination: functions, their derivatives by hand, and what can be wrong with those.

A claim is a right derivative, written with NumPy, with a flaw put into it. A trial puts a claim beside its function.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import jax.numpy as jnp
import numpy as np

NAN, INF = float("nan"), float("inf")
N = 4                           # few sizes, so that JAX compiles few programs


@dataclass(frozen=True)
class Function:
    """f for JAX, and its derivative for NumPy: the gradient (n,), or the Jacobian (m, n). x is where to ask."""

    text: str
    f: Callable
    derivative: Callable
    x: np.ndarray


@dataclass(frozen=True, eq=False)
class Trial:
    """One question to a checker: is `claim` the derivative of f at x (along v)?

    words: what is peculiar about the claim. topic: what this trial is about, for the hint.
    """

    text: str
    f: Callable
    claim: Callable
    at: tuple[np.ndarray, ...]
    words: str
    topic: str
    key: int | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


# --- functions of an array, and their derivatives by hand

def smooth(rng, n=N):
    """Three functions (n,) → (), of moderate size and curvature."""
    b, c = rng.uniform(0.4, 0.9, n) / n ** 0.5, rng.uniform(0.5, 1.5, n)

    def softmax(x):
        return np.exp(c * x) / np.sum(np.exp(c * x))

    return [
        Function("sum(c x²) + sin(b·x)", lambda x: jnp.sum(c * x * x) + jnp.sin(jnp.sum(b * x)),
                 lambda x: 2 * c * x + b * np.cos(np.sum(b * x)), _point(rng, n)),
        Function("log(sum(exp(c x)))", lambda x: jnp.log(jnp.sum(jnp.exp(c * x))), lambda x: c * softmax(x), _point(rng, n)),
        Function("sqrt(1 + sum(c x²))", lambda x: jnp.sqrt(1 + jnp.sum(c * x * x)),
                 lambda x: c * x / np.sqrt(1 + np.sum(c * x * x)), _point(rng, n)),
    ]


def any_smooth(rng, n=N):
    return smooth(rng, n)[rng.integers(3)]


def flat(rng):
    """A function whose gradient has equal components, so that a wrong shape broadcasts to right values."""
    a = rng.uniform(0.5, 1.5)
    return Function("a sum(sin(x))", lambda x: a * jnp.sum(jnp.sin(x)), lambda x: a * np.cos(x),
                    np.full(N, rng.uniform(0.3, 1.0)))


def negative(rng):
    """A gradient without a positive component, whose largest component is not its maximum."""
    return scaled(smooth(rng)[1], -1.0)


def with_zero(rng):
    """A gradient with an exact 0 at a place where a difference does not give exactly 0."""
    c, k = rng.uniform(0.5, 1.5, N), int(rng.integers(N))
    cubed = np.arange(N) == k
    x = np.where(cubed, 0.0, _point(rng, N))
    return Function(f"sum(c x²), with x³ at place {k}, where x is 0", lambda x: jnp.sum(jnp.where(cubed, x ** 3, c * x * x)),
                    lambda x: np.where(cubed, 3 * x * x, 2 * c * x), x)


def with_kink(rng, kind):
    """A function with a kink at a distance of 1.2e-4 to 3e-4 from x."""
    c, distance, side = rng.uniform(0.5, 1.5, N), rng.uniform(1.2e-4, 3e-4), rng.choice([-1.0, 1.0])
    x, k = _point(rng, N), int(rng.integers(N))
    if kind == "abs":
        x[k] = side * distance
        return Function(f"sum(c |x|), x near the kink at place {k}", lambda x: jnp.sum(c * jnp.abs(x)),
                        lambda x: c * np.sign(x), x)
    b = -c[::-1] + rng.uniform(0.1, 0.3, N)
    across = (b - c) / np.linalg.norm(b - c)
    x += (side * distance - across @ x) * across
    return Function("max(b·x, c·x), x near the kink", lambda x: jnp.maximum(jnp.sum(b * x), jnp.sum(c * x)),
                    lambda x: b if np.sum(b * x) > np.sum(c * x) else c, x)


def mapping(rng, m, n, kind=None):
    """A function (n,) → (m,) whose Jacobian has no symmetry. kind: "zero row", "zero column", "kink", "flat" or any."""
    A, x = rng.choice([-1.0, 1.0], (m, n)) * rng.uniform(0.4, 1.2, (m, n)), _point(rng, n)
    if kind == "flat":
        a = rng.uniform(0.2, 0.4)
        x = np.abs(x) / n
        return Function(f"tanh(a sum(x)), {m} times", lambda x: jnp.tanh(a * jnp.sum(x)) * np.ones(m),
                        lambda x: a * (1 - np.tanh(a * np.sum(x)) ** 2) * np.ones((m, n)), x)
    row, column = np.arange(m) == rng.integers(m), np.arange(n) == rng.integers(n)
    if kind == "zero row":                                  # one output is the cube of an input that is 0
        return Function("tanh(A x), with one output x³ of an x that is 0",
                        lambda x: jnp.where(row, jnp.sum(column * x) ** 3, jnp.tanh(jnp.dot(A, x))),
                        lambda x: np.where(row[:, None], 3 * x * x * column, _tanh_jacobian(A, x)), np.where(column, 0.0, x))
    if kind == "zero column":                               # one input that is 0 comes in as its cube
        return Function("A sin(x), with x³ for one x that is 0",
                        lambda x: jnp.dot(A, jnp.where(column, x ** 3, jnp.sin(x))),
                        lambda x: A * np.where(column, 3 * x * x, np.cos(x)), np.where(column, 0.0, x))
    if kind == "kink":
        across = A[row][0] / np.linalg.norm(A[row][0])
        x += (rng.choice([-1.0, 1.0]) * rng.uniform(2e-4, 4e-4) - across @ x) * across
        return Function("sin(A x), with |A x| near its kink in one output",
                        lambda x: jnp.where(row, jnp.abs(jnp.dot(A, x)), jnp.sin(jnp.dot(A, x))),
                        lambda x: np.where(row, np.sign(A @ x), np.cos(A @ x))[:, None] * A, x)
    return [
        Function("tanh(A x)", lambda x: jnp.tanh(jnp.dot(A, x)), lambda x: _tanh_jacobian(A, x), x),
        Function("A sin(x)", lambda x: jnp.dot(A, jnp.sin(x)), lambda x: A * np.cos(x), x),
        Function("exp(A x / 4)", lambda x: jnp.exp(jnp.dot(A, x) / 4), lambda x: np.exp(A @ x / 4)[:, None] * A / 4, x),
    ][rng.integers(3)]


def _tanh_jacobian(A, x):
    return (1 - np.tanh(A @ x) ** 2)[:, None] * A


def scaled(function, scale):
    return Function(f"{scale:g} · ({function.text})", lambda x: scale * function.f(x),
                    lambda x: scale * function.derivative(x), function.x)


def _point(rng, n):
    """Numbers of both signs, none near 0."""
    signs = rng.permutation([1, -1, *rng.choice([-1, 1], n - 2)])
    return np.round(signs * rng.uniform(0.4, 1.2, n), 3)


# --- what can be wrong with a derivative

def flaw(rng, name, part=5e-4, little=1e-4):
    """What is wrong, in words, and a function that puts it into a right derivative.

    part, little: how far a component is off, in units of the largest one.
    """
    place, w, off_by = rng.uniform(), rng.uniform(0.2, 1.0, 400), f"by {100 * part:g} % of the largest"
    bad = rng.choice([NAN, INF, -INF]) if name == "not finite" else NAN

    def off(k, by=part):
        return lambda g: changed(g, k, lambda v: v + by * np.max(np.abs(g)))

    def middle(g):
        return 1 + int(place * max(len(g) - 2, 1)) if len(g) > 1 else 0

    def hidden(g):
        error = w[:len(g)] - np.mean(w[:len(g)])
        return g + 0.05 * np.max(np.abs(g)) * error / np.max(np.abs(error))

    def raises(g):
        raise [ValueError, ZeroDivisionError, RuntimeError, KeyError][int(place * 4)]("this derivative was never finished")

    return {
        "none": ("is right", lambda g: g),
        "noise": ("is right, up to rounding in the last digits",
                  lambda g: g + 2e-13 * np.max(np.abs(g)) * np.sign(0.5 - w[:len(g)])),
        "one": (f"has one component off {off_by}", lambda g: off(middle(g))(g)),
        "first": (f"has its first component off {off_by}", off(0)),
        "last": (f"has its last component off {off_by}", off(-1)),
        "low": (f"has its last component too small {off_by}", off(-1, -part)),
        "zeroth": ("is wrong where the right value is 0",
                   lambda g: changed(g, int(np.argmin(np.abs(g))), lambda v: v + part * np.max(np.abs(g)))),
        "slightly": (f"has one component off by {100 * little:g} % of the largest", off(0, little)),
        "sign": ("has the wrong sign", lambda g: -g),
        "one sign": ("has the wrong sign in its largest component",
                     lambda g: changed(g, int(np.argmax(np.abs(g))), lambda v: -v)),
        "twice": ("is twice too large", lambda g: 2 * g),
        "half": ("is half of what it should be", lambda g: g / 2),
        "twenty": ("is 20 times too large", lambda g: 20 * g),
        "zero": ("is 0 everywhere", lambda g: 0 * g),
        "rolled": ("has its components in a wrong order", lambda g: np.roll(g, 1)),
        "hidden": ("has errors in several components whose sum is 0", hidden),
        "nan": ("has a NaN in it", lambda g: changed(g, middle(g), lambda v: NAN)),
        "all nan": ("is NaN everywhere", lambda g: g * NAN),
        "not finite": (f"has {bad} in its last component", lambda g: changed(g, -1, lambda v: bad)),
        "inf": ("has inf in its first component", lambda g: changed(g, 0, lambda v: INF)),
        "column": ("returns shape (n, 1), with right values", lambda g: g[:, None]),
        "row": ("returns shape (1, n), with right values", lambda g: g[None, :]),
        "scalar": ("returns shape (), with the right value", lambda g: np.array(g[0])),
        "longer": ("returns one component too many", lambda g: np.append(g, g[-1])),
        "shorter": ("returns one component too few", lambda g: g[:-1]),
        "raises": ("raises an exception", raises),
    }[name]


def changed(g, k, change):
    g = np.array(g)
    g[k] = change(g[k])
    return g


# What can be wrong with M v, where M is the Jacobian J(x) of a jvp or its transpose, of a vjp.
PRODUCTS = {
    "transposed": ("multiplies by the transposed of the right matrix", lambda M, x, v: M(x).T @ v),
    "part": ("leaves the last component of its second argument out", lambda M, x, v: M(x)[:, :-1] @ v[:-1]),
    "ignored": ("ignores its second argument", lambda M, x, v: M(x) @ np.ones(len(v))),
    "normalised": ("divides its second argument by its length", lambda M, x, v: M(x) @ (v / np.linalg.norm(v))),
    "absolute": ("takes the second argument without signs", lambda M, x, v: M(x) @ np.abs(v)),
    "elsewhere": ("is right at another x", lambda M, x, v: M(x + 0.3) @ v),
}


# --- trials

def gradient_trial(rng, function, name, topic, **options):
    if name == "elsewhere":
        words, change, moved = "is right at another x", lambda g: g, 0.3
    else:
        (words, change), moved = flaw(rng, name), 0.0
    kind = jnp.asarray if rng.random() < 0.5 else np.asarray

    def grad_f(x):
        return kind(change(function.derivative(np.asarray(x) + moved)))

    return Trial(function.text, function.f, grad_f, (function.x,), words, topic, int(rng.integers(2 ** 31)), options)


def product_trial(rng, function, name, topic, reverse, **options):
    """A trial of a jvp or, if reverse, of a vjp."""
    m, n = function.derivative(function.x).shape
    v = _point(rng, m if reverse else n)
    v *= rng.uniform(1.3, 1.6) / np.linalg.norm(v)
    kind = jnp.asarray if rng.random() < 0.5 else np.asarray

    def matrix(x):
        return function.derivative(x).T if reverse else function.derivative(x)

    words, product = PRODUCTS.get(name, ("", lambda M, x, v: M(x) @ v))
    if not words:
        # One random x_dot sees a tiny error of a vjp with high probability only, so that these errors are larger,
        # and what a larger rtol must let pass is smaller.
        words, change = flaw(rng, name, 0.02, 2e-5) if reverse else flaw(rng, name)
    else:
        change = lambda g: g  # noqa: E731

    def claim(x, v):
        return kind(change(product(matrix, np.asarray(x), np.asarray(v))))

    key = int(rng.integers(2 ** 31)) if reverse else None
    return Trial(function.text, function.f, claim, (function.x, v), words, topic, key, options)
