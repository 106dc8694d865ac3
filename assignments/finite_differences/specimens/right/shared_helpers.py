"""Everything rests on two small helpers, a validator and one symmetric quotient, in a cell above."""

import math

import numpy as np


def require_step(h):
    h = float(h)
    if h <= 0 or math.isnan(h) or math.isinf(h):
        raise ValueError("step must be positive and finite")
    return h


def quotient(plus, minus, width):
    return (plus - minus) / width


# %% forward_difference
def forward_difference(f, x, h):
    h = require_step(h)
    return quotient(f(x + h), f(x), h)


# %% central_difference
def central_difference(f, x, h):
    h = require_step(h)
    return quotient(f(x + h), f(x - h), 2 * h)


# %% complex_step
def complex_step(f, x, h=1e-20):
    h = require_step(h)
    return np.imag(f(complex(x, h))) / h


# %% richardson
def richardson(f, x, h, levels):
    require_step(h)
    if levels < 1:
        raise ValueError("levels must be at least 1")
    if levels == 1:
        return central_difference(f, x, h)
    coarse = richardson(f, x, h, levels - 1)
    fine = richardson(f, x, h / 2, levels - 1)
    return fine + (fine - coarse) / (4 ** (levels - 1) - 1)


# %% optimal_step
def optimal_step(x, order, dtype):
    if order == 1:
        root = np.sqrt
    elif order == 2:
        root = np.cbrt
    else:
        raise ValueError("order must be 1 or 2")
    x = np.asarray(x, dtype=dtype)
    h = root(np.finfo(dtype).eps) * np.maximum(np.abs(x), dtype(1))
    return float((x + h.astype(dtype)) - x)


# %% numerical_gradient
def numerical_gradient(f, x, h):
    require_step(h)
    gradient = np.empty_like(x, dtype=float)
    moved = np.array(x, dtype=float)
    for index, value in np.ndenumerate(x):
        moved[index] = value + h
        plus = f(moved)
        moved[index] = value - h
        minus = f(moved)
        moved[index] = value
        gradient[index] = quotient(plus, minus, 2 * h)
    return gradient


# %% directional_derivative
def directional_derivative(f, x, v, h):
    require_step(h)
    if np.asarray(v).shape != np.asarray(x).shape:
        raise ValueError("v and x differ in shape")
    return quotient(f(x + h * v), f(x - h * v), 2 * h)
