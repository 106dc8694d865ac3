"""A class with the inner-product test; jvp is checked through the adjoint, and coordinates by one-hot vmaps."""


class Adjoint:
    """What is known of f at x: its pushforward and its pullback."""

    def __init__(self, f, x):
        self.y, self.pull = jax.vjp(f, x)
        self.push = lambda v: jax.jvp(f, (x,), (v,))[1]

    def rows(self):
        return jax.vmap(lambda w: self.pull(w)[0])(jnp.eye(self.y.size))

    def columns(self, n):
        return jax.vmap(self.push, out_axes=-1)(jnp.eye(n))


def attempt(claim, *arguments):
    """(result, True), or (None, False)."""
    try:
        return np.asarray(claim(*arguments)), True
    except Exception:
        return None, False


def small(errors, scale, rtol):
    return all(e <= rtol * scale for e in np.abs(np.ravel(errors)).tolist())


# %% relative_error
def relative_error(a, b):
    def errors():
        for p, q in np.nditer([a, b], flags=["zerosize_ok"]):
            p, q = p.item(), q.item()
            match (p == q, math.isfinite(p) and math.isfinite(q)):
                case (True, _):
                    yield 0.0
                case (False, True):
                    yield abs(p - q) / max(abs(p), abs(q))
                case _:
                    yield math.inf

    return max(errors(), default=0.0) if np.shape(a) == np.shape(b) else math.inf


# %% check_gradient
def check_gradient(f, grad_f, x, rtol=1e-6):
    g, ok = attempt(grad_f, x)
    right = Adjoint(f, x).columns(x.size)
    return ok and g.shape == right.shape and small(g - right, np.abs(right).max(), rtol)


# %% check_directions
def check_directions(f, grad_f, x, key, directions=8, rtol=1e-6):
    g, ok = attempt(grad_f, x)
    if not ok or g.shape != x.shape or not np.isfinite(g).all():
        return False
    push, found = Adjoint(f, x).push, []
    for _ in range(directions):
        key, mine = jax.random.split(key)
        v = jax.random.normal(mine, x.shape)
        v = v / jnp.linalg.norm(v)
        found.append(float(push(v) - g @ v))
    return small(found, np.linalg.norm(g, ord=np.inf), rtol)


# %% check_jvp
def check_jvp(f, jvp_f, x, x_dot, rtol=1e-6):
    y_dot, ok = attempt(jvp_f, x, x_dot)
    right = Adjoint(f, x).rows() @ x_dot
    return ok and y_dot.shape == right.shape and small(y_dot - right, np.abs(right).max(), rtol)


# %% check_vjp
def check_vjp(f, vjp_f, x, y_bar, key, rtol=1e-6):
    x_bar, ok = attempt(vjp_f, x, y_bar)
    if not ok or x_bar.shape != x.shape or not np.isfinite(x_bar).all():
        return False
    x_dots = jax.random.normal(key, (10, x.size))
    left = jax.vmap(lambda v: y_bar @ Adjoint(f, x).push(v))(x_dots)
    right = x_dots @ x_bar
    return small(left - right, np.abs(x_bar).max(), rtol)


# %% check_tree
def check_tree(f, grad_f, params):
    def errors(one, two):
        table = {}
        for side, tree in enumerate((one, two)):
            for path, leaf in jax.tree_util.tree_flatten_with_path(tree)[0]:
                table.setdefault(jax.tree_util.keystr(path), [None, None])[side] = np.asarray(leaf)
        for name, (a, b) in table.items():
            yield name, math.inf if a is None or b is None else relative_error(a, b)

    return dict(errors(jax.grad(f)(params), grad_f(params)))
