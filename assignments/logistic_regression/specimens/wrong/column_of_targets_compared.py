"""Targets of shape (n, 1) are compared with every row. Noticed by: accuracy."""

# %% accuracy
def accuracy(params, inputs, targets):
    if len(targets) != len(inputs):
        raise ValueError('targets do not fit inputs')
    return jnp.mean((predict(params, inputs) > 0.5) == targets)
