"""singledispatch takes arrays in, a table of reasons says why a claim is refused; five-point differences."""

from functools import singledispatch

STENCIL = {2: -1 / 12, 1: 8 / 12, -1: -8 / 12, -2: 1 / 12}
H = 1e-5
REASONS = {
    "raised": lambda claim, right, rtol: isinstance(claim, Exception),
    "shape": lambda claim, right, rtol: claim.shape != right.shape,
    "finite": lambda claim, right, rtol: not np.isfinite(claim).all(),
    "values": lambda claim, right, rtol: np.ptp([0, *np.abs(claim - right)]) > rtol * np.abs(right).max(),
}


@singledispatch
def to_numpy(value):
    return np.array(value)


@to_numpy.register
def _(value: np.ndarray):
    return value


@to_numpy.register
def _(value: jax.Array):
    return np.asarray(value)


def five_point(f, x, v):
    return sum(w * np.asarray(f(x + k * H * v)) for k, w in STENCIL.items()) / H


def call(claim, *arguments):
    try:
        return to_numpy(claim(*arguments))
    except Exception as error:
        return error


def refused(claim, right, rtol):
    return next((name for name, test in REASONS.items() if test(claim, right, rtol)), None)


# %% relative_error
def relative_error(a, b):
    a, b = to_numpy(a), to_numpy(b)
    if a.shape != b.shape:
        return np.inf
    if np.isnan(np.sum(np.abs(a))) or np.isnan(np.sum(np.abs(b))):
        return np.inf
    pairs = {(float(p), float(q)) for p, q in zip(a.flat, b.flat) if p != q}
    return max([np.inf if np.inf in (abs(p), abs(q)) else abs(p - q) / max(abs(p), abs(q)) for p, q in pairs] + [0])


# %% check_gradient
def check_gradient(f, grad_f, x, rtol=1e-6):
    at = np.asarray(x)
    return refused(call(grad_f, x), np.array([five_point(f, at, e) for e in np.eye(len(at))]), rtol) is None


# %% check_directions
def check_directions(f, grad_f, x, key, directions=8, rtol=1e-6):
    claim, at = call(grad_f, x), np.asarray(x)
    if any(REASONS[why](claim, at, rtol) for why in ("raised", "shape", "finite")):
        return False
    vs = np.asarray(jax.random.uniform(key, (directions, x.size), minval=-1, maxval=1))
    vs = vs / np.linalg.norm(vs, axis=1, keepdims=True)
    slopes = np.array([five_point(f, at, v) for v in vs])
    return not np.any(np.abs(vs @ claim - slopes) > rtol * np.abs(claim).max())


# %% check_jvp
def check_jvp(f, jvp_f, x, x_dot, rtol=1e-6):
    return not refused(call(jvp_f, x, x_dot), five_point(f, np.asarray(x), np.asarray(x_dot)), rtol)


# %% check_vjp
def check_vjp(f, vjp_f, x, y_bar, key, rtol=1e-6):
    at = np.asarray(x)
    columns = [five_point(f, at, e) for e in np.eye(len(at))]
    return not refused(call(vjp_f, x, y_bar), np.array(columns) @ np.asarray(y_bar), rtol)


# %% check_tree
def check_tree(f, grad_f, params):
    exact, claim = jax.jacfwd(f)(params), grad_f(params)
    result = {}
    for tree, other in ((exact, claim), (claim, exact)):
        partners = {jax.tree_util.keystr(p): v for p, v in jax.tree_util.tree_leaves_with_path(other)}
        for path, leaf in jax.tree_util.tree_leaves_with_path(tree):
            name = jax.tree_util.keystr(path)
            result[name] = relative_error(leaf, partners[name]) if name in partners else float("inf")
    return result
