"""A decorator turns exceptions into False; directions are Rademacher vectors, and jit compiles the slopes."""

from functools import wraps


class Refused(Exception):
    pass


def strict(checker):
    @wraps(checker)
    def wrapped(f, claim, *arguments, **options):
        def careful(*at):
            try:
                return np.array(claim(*at))
            except Exception:
                raise Refused from None

        try:
            return bool(checker(f, careful, *arguments, **options))
        except Refused:
            return False

    return wrapped


def need(condition):
    if not condition:
        raise Refused


# %% relative_error
def relative_error(a, b):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    try:
        np.testing.assert_equal(a.shape, b.shape)
        assert not np.isnan(a + 0).any() and not np.isnan(b + 0).any()
        assert ((a == b) | (np.isfinite(a) & np.isfinite(b))).all()
    except AssertionError:
        return np.float64("inf")
    unequal = np.flatnonzero(a != b)
    p, q = a.flat[unequal], b.flat[unequal]
    return np.float64(max(np.abs((p - q) / np.where(np.abs(p) > np.abs(q), p, q)), default=0))


# %% check_gradient
@strict
def check_gradient(f, grad_f, x, rtol=1e-6):
    claim, right = grad_f(x), jax.jit(jax.grad(f))(x)
    need(claim.shape == right.shape)
    return np.allclose(claim, right, rtol=0, atol=rtol * float(jnp.abs(right).max()))


# %% check_directions
@strict
def check_directions(f, grad_f, x, key, directions=8, rtol=1e-6):
    claim = grad_f(x)
    need(claim.shape == x.shape and np.isfinite(claim).all())
    v = jax.random.rademacher(key, (directions, x.size), dtype=x.dtype) / jnp.sqrt(x.size)
    slopes = jax.vmap(lambda v: jax.jvp(f, (x,), (v,))[1])(v)
    return max(abs(slopes - v @ claim)) <= rtol * max(abs(claim))


# %% check_jvp
@strict
def check_jvp(f, jvp_f, x, x_dot, rtol=1e-6):
    claim = jvp_f(x, x_dot)
    right = jax.jacobian(lambda t: f(x + t * x_dot))(0.0)
    need(claim.shape == right.shape)
    return np.abs(claim - right).max() <= rtol * np.abs(right).max()


# %% check_vjp
@strict
def check_vjp(f, vjp_f, x, y_bar, key, rtol=1e-6):
    claim = vjp_f(x, y_bar)
    need(claim.shape == x.shape)
    _, push = jax.linearize(f, x)
    right, = jax.linear_transpose(push, x)(y_bar)
    return np.abs(claim - right).max() <= rtol * np.abs(right).max()


# %% check_tree
def check_tree(f, grad_f, params):
    def walk(tree):
        todo = [((), tree)]
        while todo:
            path, node = todo.pop()
            below = jax.tree_util.tree_leaves_with_path(node, is_leaf=lambda child: child is not node)
            if [k for k, _ in below] == [()]:
                yield jax.tree_util.keystr(path), node
            else:
                todo += [(path + step, child) for step, child in below]

    exact, claim = dict(walk(jax.grad(f)(params))), dict(walk(grad_f(params)))
    both = exact.keys() & claim.keys()
    return {k: np.float64("inf") for k in exact.keys() ^ claim.keys()} | {k: relative_error(exact[k], claim[k]) for k in both}
