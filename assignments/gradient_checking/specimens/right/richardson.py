"""A frozen dataclass measures slopes by Richardson's extrapolation; the tree is measured by differences too."""

from dataclasses import dataclass
from typing import Any, Callable


@dataclass(frozen=True)
class Ruler:
    f: Callable
    x: Any
    h: float = 2e-5

    def central(self, v, h):
        return (np.asarray(self.f(self.x + h * v)) - np.asarray(self.f(self.x - h * v))) / (2 * h)

    def along(self, v):
        return (4 * self.central(v, self.h / 2) - self.central(v, self.h)) / 3

    def jacobian(self):
        return np.stack([self.along(e) for e in np.eye(np.size(self.x))], axis=-1)


class Wrong(Exception):
    pass


def result_of(claim, shape, *arguments):
    try:
        value = np.asarray(claim(*arguments), dtype=np.float64)
    except Exception as error:
        raise Wrong from error
    if value.shape != shape or not np.isfinite(value).all():
        raise Wrong
    return value


# %% relative_error
def relative_error(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    if a.shape != b.shape:
        return np.inf
    with np.errstate(all="ignore"):
        errors = np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))
    errors = np.where(a == b, 0.0, np.where(np.isnan(errors), np.inf, errors))
    return np.max(errors, initial=0.0)


# %% check_gradient
def check_gradient(f, grad_f, x, rtol=1e-6):
    right = Ruler(f, np.asarray(x)).jacobian()
    try:
        return np.linalg.norm(result_of(grad_f, right.shape, x) - right, np.inf) < rtol * np.linalg.norm(right, np.inf)
    except Wrong:
        return False


# %% check_directions
def check_directions(f, grad_f, x, key, directions=8, rtol=1e-6):
    ruler = Ruler(f, np.asarray(x))
    try:
        claim = result_of(grad_f, x.shape, x)
    except Wrong:
        return False
    rng = np.random.default_rng(np.asarray(jax.random.key_data(key)))
    vs = rng.standard_normal((directions, x.size))
    vs /= np.sqrt(np.sum(vs**2, axis=1))[:, None]
    return all(abs(ruler.along(v) - claim @ v) <= rtol * np.abs(claim).max() for v in vs)


# %% check_jvp
def check_jvp(f, jvp_f, x, x_dot, rtol=1e-6):
    right = Ruler(f, np.asarray(x)).along(np.asarray(x_dot))
    try:
        claim = result_of(jvp_f, right.shape, x, x_dot)
    except Wrong:
        return False
    return np.all(np.abs(claim - right) <= rtol * np.abs(right).max())


# %% check_vjp
def check_vjp(f, vjp_f, x, y_bar, key, rtol=1e-6):
    right = np.asarray(y_bar) @ Ruler(f, np.asarray(x)).jacobian()
    try:
        claim = result_of(vjp_f, right.shape, x, y_bar)
    except Wrong:
        return False
    return np.all(np.abs(claim - right) <= rtol * np.abs(right).max())


# %% check_tree
def check_tree(f, grad_f, params):
    paths, structure = jax.tree_util.tree_flatten_with_path(params)
    keys = [jax.tree_util.keystr(path) for path, _ in paths]
    leaves = [np.asarray(leaf) for _, leaf in paths]
    claim = {jax.tree_util.keystr(path): leaf for path, leaf in jax.tree_util.tree_leaves_with_path(grad_f(params))}

    def only(k):
        return lambda flat: f(structure.unflatten([*leaves[:k], flat.reshape(leaves[k].shape), *leaves[k + 1:]]))

    errors = {key: np.inf for key in claim}
    for k, key in enumerate(keys):
        right = Ruler(only(k), leaves[k].ravel()).jacobian().reshape(leaves[k].shape)
        errors[key] = relative_error(right, claim[key]) if key in claim else np.inf
    return errors
