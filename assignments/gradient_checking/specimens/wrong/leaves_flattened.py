"""Leaves are flattened before they are compared. Noticed by: check_tree.
Says: compare the shapes of a leaf and its partner
"""

# %% check_tree
def check_tree(f, grad_f, params):
    def by_key(tree):
        return {jax.tree_util.keystr(path): leaf for path, leaf in jax.tree_util.tree_leaves_with_path(tree)}

    exact, claimed = by_key(jax.grad(f)(params)), by_key(grad_f(params))
    return {key: relative_error(np.ravel(exact[key]), np.ravel(claimed[key])) if key in exact and key in claimed else math.inf
            for key in exact | claimed}
