"""Allowed use of JAX: jax.numpy with x64 for storing and combining values, no transform of derivatives."""

import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)


# %% forward_difference
def forward_difference(f, x, h):
    if not (jnp.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    values = jnp.array([f(x + h), f(x)])
    return (values[0] - values[1]) / h


# %% central_difference
def central_difference(f, x, h):
    if not (jnp.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    values = jnp.array([f(x + h), f(x - h)])
    return -jnp.diff(values)[0] / (2 * h)


# %% complex_step
def complex_step(f, x, h=1e-20):
    if not (jnp.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    return jnp.asarray(f(x + 1j * h)).imag / h


# %% richardson
def richardson(f, x, h, levels):
    if not (jnp.isfinite(h) and h > 0) or levels < 1:
        raise ValueError("h or levels")
    column = jnp.array([(f(x + s) - f(x - s)) / (2 * s) for s in [h / 2**k for k in range(levels)]])
    combine = jax.jit(lambda c, k: c[1:] + (c[1:] - c[:-1]) / (4.0**k - 1), static_argnums=1)
    for k in range(1, levels):
        column = combine(column, k)
    return column[0]


# %% optimal_step
def optimal_step(x, order, dtype):
    if order not in (1, 2):
        raise ValueError("order must be 1 or 2")
    x = dtype(x)
    h = dtype(float(jnp.finfo(dtype).eps) ** (1 / (order + 1)) * max(1.0, abs(float(x))))
    return float(dtype(dtype(x + h) - x))


# %% numerical_gradient
def numerical_gradient(f, x, h):
    if not (jnp.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    x = jnp.asarray(x)
    result = jnp.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.at[index].add(h), x.at[index].add(-h)
        result = result.at[index].set((f(up) - f(down)) / (2 * h))
    return result


# %% directional_derivative
def directional_derivative(f, x, v, h):
    if not (jnp.isfinite(h) and h > 0) or x.shape != v.shape:
        raise ValueError("h or v")
    points = jnp.stack([x + h * v, x - h * v])
    plus, minus = (f(p) for p in points)
    return (plus - minus) / (2 * h)
