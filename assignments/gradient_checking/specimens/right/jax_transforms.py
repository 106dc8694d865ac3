"""Everything by JAX's own transforms; no difference is taken."""


def within(claim, exact, rtol):
    """Whether an array that may be anything is the exact one, relative to the largest component."""
    claim = jnp.asarray(claim)
    if claim.shape != exact.shape:
        return False
    return jnp.max(jnp.abs(claim - exact)) <= rtol * jnp.max(jnp.abs(exact))


# %% relative_error
def relative_error(a, b):
    a, b = jnp.asarray(a), jnp.asarray(b)
    if a.shape != b.shape:
        return jnp.inf
    if a.size == 0:
        return 0.0
    larger = jnp.maximum(jnp.abs(a), jnp.abs(b))
    errors = jnp.where(a == b, 0.0, jnp.where(jnp.isinf(larger), jnp.inf, jnp.abs(a - b) / larger))
    return jnp.max(jnp.where(jnp.isnan(errors), jnp.inf, errors))


# %% check_gradient
def check_gradient(f, grad_f, x, rtol=1e-6):
    try:
        return within(grad_f(x), jax.grad(f)(x), rtol)
    except Exception:
        return False


# %% check_directions
def check_directions(f, grad_f, x, key, directions=8, rtol=1e-6):
    try:
        claim = jnp.asarray(grad_f(x))
    except Exception:
        return False
    if claim.shape != x.shape:
        return False
    vs = jax.random.normal(key, (directions, *x.shape))
    vs = vs / jnp.linalg.norm(vs, axis=1, keepdims=True)
    slopes = jax.vmap(lambda v: jax.jvp(f, (x,), (v,))[1])(vs)
    return (jnp.abs(vs @ claim - slopes) <= rtol * jnp.abs(jax.grad(f)(x)).max()).all()


# %% check_jvp
def check_jvp(f, jvp_f, x, x_dot, rtol=1e-6):
    try:
        return within(jvp_f(x, x_dot), jax.jvp(f, (x,), (x_dot,))[1], rtol)
    except Exception:
        return False


# %% check_vjp
def check_vjp(f, vjp_f, x, y_bar, key, rtol=1e-6):
    _, pull = jax.vjp(f, x)
    try:
        return within(vjp_f(x, y_bar), pull(y_bar)[0], rtol)
    except Exception:
        return False


# %% check_tree
def check_tree(f, grad_f, params):
    flat = jax.tree_util.tree_flatten_with_path
    exact = {jax.tree_util.keystr(k): v for k, v in flat(jax.grad(f)(params))[0]}
    claim = {jax.tree_util.keystr(k): v for k, v in flat(grad_f(params))[0]}
    result = dict.fromkeys([*exact, *claim], jnp.inf)
    for key in set(exact) & set(claim):
        result[key] = relative_error(exact[key], claim[key])
    return result
