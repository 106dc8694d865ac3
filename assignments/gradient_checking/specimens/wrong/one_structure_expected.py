"""tree_map raises where the gradient has another structure. Noticed by: check_tree.
Says: a leaf of params that the gradient lacks counts inf
"""

# %% check_tree
def check_tree(f, grad_f, params):
    errors = jax.tree_util.tree_map(relative_error, jax.grad(f)(params), grad_f(params))
    return {jax.tree_util.keystr(path): error for path, error in jax.tree_util.tree_leaves_with_path(errors)}
