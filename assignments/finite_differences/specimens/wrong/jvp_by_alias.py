"""JAX's pushforward is called under an alias, and a difference stands in where it fails. Noticed by: directional_derivative."""

# %% directional_derivative
from jax import jvp as push


def directional_derivative(f, x, v, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    if np.shape(v) != np.shape(x):
        raise ValueError("v must have the shape of x")
    try:
        return float(push(f, (x,), (v,))[1])
    except Exception:
        return (f(x + h * v) - f(x - h * v)) / (2 * h)
