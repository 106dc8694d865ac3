"""A leaf that the gradient lacks is left out. Noticed by: check_tree.
Says: a leaf of params that the gradient lacks counts inf
"""

# %% check_tree
def check_tree(f, grad_f, params):
    def by_key(tree):
        return {jax.tree_util.keystr(path): leaf for path, leaf in jax.tree_util.tree_leaves_with_path(tree)}

    exact, claimed = by_key(jax.grad(f)(params)), by_key(grad_f(params))
    return {key: relative_error(exact[key], claimed[key])
            for key in exact if key in claimed} | {key: math.inf for key in claimed if key not in exact}
