"""The errors of a leaf are measured against its largest element. Noticed by: check_tree."""

# %% check_tree
def check_tree(f, grad_f, params):
    def by_key(tree):
        return {jax.tree_util.keystr(path): leaf for path, leaf in jax.tree_util.tree_leaves_with_path(tree)}

    def error(a, b):
        e = relative_error(a, b)
        return e if not 0 < e < math.inf else float(np.max(np.abs(a - b)) / max(np.max(np.abs(a)), np.max(np.abs(b))))

    exact, claimed = by_key(jax.grad(f)(params)), by_key(grad_f(params))
    return {key: error(exact[key], claimed[key]) if key in exact and key in claimed else math.inf
            for key in exact | claimed}
