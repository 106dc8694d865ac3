"""Differences of a step of 1e-2 measure the gradient. Noticed by: check_tree."""

# %% check_tree
def check_tree(f, grad_f, params):
    def by_key(tree):
        return {jax.tree_util.keystr(path): leaf for path, leaf in jax.tree_util.tree_leaves_with_path(tree)}

    def slopes(tree):
        leaves, structure = jax.tree_util.tree_flatten(tree)

        def slope(k, index):
            moved = lambda h: f(structure.unflatten([*leaves[:k], leaves[k].at[index].add(h), *leaves[k + 1:]]))
            return float(moved(1e-2) - moved(-1e-2)) / 2e-2

        return structure.unflatten([np.array([slope(k, i) for i in np.ndindex(leaf.shape)]).reshape(leaf.shape)
                                    for k, leaf in enumerate(leaves)])

    exact, claimed = by_key(slopes(params)), by_key(grad_f(params))
    return {key: relative_error(exact[key], claimed[key]) if key in exact and key in claimed else math.inf
            for key in exact | claimed}
