"""jax.value_and_grad is called under another name. Noticed by: gradient_by_hand.
Says: a derivative written by hand
"""

# %% gradient_by_hand
from jax import value_and_grad as both


def gradient_by_hand(params, inputs, targets):
    if inputs.ndim != 2 or inputs.shape[1] != params["W"].shape[0]:
        raise ValueError("inputs do not fit W")
    if targets.shape != inputs.shape[:1]:
        raise ValueError("targets do not fit inputs")
    return both(loss)(params, inputs, targets)[1]
