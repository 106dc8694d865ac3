"""Loops over Python floats and lists; central differences with a step fitted to each coordinate."""

H = 2.0 ** -17


def numbers(claim, *arguments):
    """The claim's result as a list of floats, or None where it is no vector of finite numbers."""
    try:
        result = claim(*arguments)
    except Exception:
        return None
    if np.ndim(result) != 1:
        return None
    values = [float(v) for v in result]
    return values if all(map(math.isfinite, values)) else None


def shifted(x, v, t):
    return np.array([float(p) + t * float(q) for p, q in zip(x, v)])


def slope(f, x, v):
    return (f(shifted(x, v, H)) - f(shifted(x, v, -H))) / (2 * H)


def agrees(claim, right, rtol):
    if claim is None or len(claim) != len(right):
        return False
    largest = max(abs(r) for r in right)
    for c, r in zip(claim, right):
        if abs(c - r) > rtol * largest:
            return False
    return True


# %% relative_error
def relative_error(a, b):
    if np.shape(a) != np.shape(b):
        return float("inf")
    worst = 0.0
    for p, q in zip(np.ravel(a), np.ravel(b)):
        p, q = float(p), float(q)
        if p != p or q != q:
            return float("inf")
        if p == q:
            continue
        if math.isinf(p) or math.isinf(q):
            return float("inf")
        worst = max(worst, abs(p - q) / max(abs(p), abs(q)))
    return worst


# %% check_gradient
def check_gradient(f, grad_f, x, rtol=1e-6):
    right = []
    for i in range(len(x)):
        e = [0.0] * len(x)
        e[i] = 1.0
        right.append(float(slope(f, x, e)))
    return agrees(numbers(grad_f, x), right, rtol)


# %% check_directions
def check_directions(f, grad_f, x, key, directions=8, rtol=1e-6):
    claim = numbers(grad_f, x)
    if claim is None or len(claim) != len(x):
        return False
    for one in jax.random.split(key, directions):
        v = [float(c) for c in jax.random.normal(one, (len(x),))]
        length = math.sqrt(sum(c * c for c in v))
        v = [c / length for c in v]
        predicted = sum(g * c for g, c in zip(claim, v))
        if abs(predicted - float(slope(f, x, v))) > rtol * max(abs(g) for g in claim):
            return False
    return True


# %% check_jvp
def check_jvp(f, jvp_f, x, x_dot, rtol=1e-6):
    return agrees(numbers(jvp_f, x, x_dot), [float(v) for v in slope(f, x, x_dot)], rtol)


# %% check_vjp
def check_vjp(f, vjp_f, x, y_bar, key, rtol=1e-6):
    def weighted(z):
        return sum(float(w) * float(y) for w, y in zip(y_bar, f(z)))

    right = [slope(weighted, x, [float(i == j) for j in range(len(x))]) for i in range(len(x))]
    return agrees(numbers(vjp_f, x, y_bar), right, rtol)


# %% check_tree
def check_tree(f, grad_f, params):
    result = {}
    exact, claim = jax.grad(f)(params), grad_f(params)
    for tree in (exact, claim):
        for path, _ in jax.tree_util.tree_leaves_with_path(tree):
            result[jax.tree_util.keystr(path)] = math.inf
    for path, leaf in jax.tree_util.tree_leaves_with_path(exact):
        for other, partner in jax.tree_util.tree_leaves_with_path(claim):
            if path == other:
                result[jax.tree_util.keystr(path)] = relative_error(leaf, partner)
    return result
