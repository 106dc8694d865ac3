"""The mean error of a leaf. Noticed by: check_tree.
Says: take the largest over its elements, not a mean
"""

# %% check_tree
def check_tree(f, grad_f, params):
    def by_key(tree):
        return {jax.tree_util.keystr(path): leaf for path, leaf in jax.tree_util.tree_leaves_with_path(tree)}

    def mean_error(a, b):
        if np.shape(a) != np.shape(b) or not np.isfinite(b).all():
            return math.inf
        return float(np.mean([relative_error(p, q) for p, q in zip(np.ravel(a), np.ravel(b))]))

    exact, claimed = by_key(jax.grad(f)(params)), by_key(grad_f(params))
    return {key: mean_error(exact[key], claimed[key]) if key in exact and key in claimed else math.inf
            for key in exact | claimed}
