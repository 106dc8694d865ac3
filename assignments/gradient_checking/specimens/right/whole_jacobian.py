"""One routine judges every product: the Jacobian comes from jacfwd or linearize, and 0-d JAX booleans are returned."""


def verdict(attempt, right, rtol):
    try:
        claim = jnp.asarray(attempt())
    except Exception:
        claim = jnp.full((0,), jnp.nan)
    fits = claim.shape == right.shape
    return jnp.array(fits) & (jnp.abs(claim - right).max() <= rtol * jnp.abs(right).max() if fits else False)


# %% relative_error
def relative_error(a, b):
    if a.shape != b.shape:
        return math.inf
    same = np.equal(a, b)
    scale = np.where(same, 1.0, np.maximum(np.abs(a), np.abs(b)))
    with np.errstate(invalid="ignore"):
        errors = np.where(same, 0.0, np.abs(np.subtract(a, b)) / scale)
    return max((math.inf if math.isnan(e) else e for e in errors.ravel().tolist()), default=0.0)


# %% check_gradient
def check_gradient(f, grad_f, x, rtol=1e-6):
    return verdict(lambda: grad_f(x), jax.jacfwd(f)(x), rtol)


# %% check_directions
def check_directions(f, grad_f, x, key, directions=8, rtol=1e-6):
    _, push = jax.linearize(f, x)
    keys = jax.random.split(key, directions)
    vs = [v / jnp.sqrt(v @ v) for v in (jax.random.normal(k, x.shape) for k in keys)]
    slopes = jnp.stack([push(v) for v in vs])

    def attempt():
        claim = jnp.asarray(grad_f(x))
        if claim.shape != x.shape:
            raise ValueError("shape")
        return jnp.stack(vs) @ claim

    # The slopes themselves are smaller than the gradient, by sqrt(n) or so: the tolerance allows for it.
    return verdict(attempt, slopes, rtol * jnp.abs(jax.grad(f)(x)).max() / jnp.abs(slopes).max())


# %% check_jvp
def check_jvp(f, jvp_f, x, x_dot, rtol=1e-6):
    return verdict(lambda: jvp_f(x, x_dot), jnp.einsum("ij,j->i", jax.jacrev(f)(x), x_dot), rtol)


# %% check_vjp
def check_vjp(f, vjp_f, x, y_bar, key, rtol=1e-6):
    return verdict(lambda: vjp_f(x, y_bar), jax.grad(lambda z: jnp.vdot(y_bar, f(z)))(x), rtol)


# %% check_tree
def check_tree(f, grad_f, params):
    named = lambda tree: [(jax.tree_util.keystr(p), v) for p, v in jax.tree_util.tree_leaves_with_path(tree)]
    claims = dict(named(grad_f(params)))
    report = {name: relative_error(np.asarray(v), np.asarray(claims.pop(name))) if name in claims else math.inf
              for name, v in named(jax.grad(f)(params))}
    report.update((name, math.inf) for name in claims)
    return report
