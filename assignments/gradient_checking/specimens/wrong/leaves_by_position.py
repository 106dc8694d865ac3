"""Leaves are paired by their position. Noticed by: check_tree.
Says: go by keys, not by position
"""

# %% check_tree
def check_tree(f, grad_f, params):
    exact, claimed = jax.grad(f)(params), grad_f(params)
    keys = [jax.tree_util.keystr(path) for path, _ in jax.tree_util.tree_leaves_with_path(params)]
    leaves = zip(jax.tree_util.tree_leaves(exact), jax.tree_util.tree_leaves(claimed))
    return {key: relative_error(a, b) for key, (a, b) in zip(keys, leaves)}
