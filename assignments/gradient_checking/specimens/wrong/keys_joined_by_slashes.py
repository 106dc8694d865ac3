"""The keys are joined by slashes. Noticed by: check_tree.
Says: the keys must be those of jax.tree_util.keystr(path)
"""

# %% check_tree
def check_tree(f, grad_f, params):
    def by_key(tree):
        return {jax.tree_util.keystr(path): leaf for path, leaf in jax.tree_util.tree_leaves_with_path(tree)}

    def rename(key):
        return key.replace("']['", "/").strip("[]'")

    exact, claimed = by_key(jax.grad(f)(params)), by_key(grad_f(params))
    return {rename(key): relative_error(exact[key], claimed[key]) if key in exact and key in claimed else math.inf
            for key in exact | claimed}
