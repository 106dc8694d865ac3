"""grad is None before any backward. Noticed by: values, functions, grad, backward, value_and_grad.
Says: start every Var with grad = 0.0
"""

# %% Var, changed
class Var:
    def __init__(self, value, parents=()):
        self.value = value
        self.parents = parents           # pairs of a Var and the slope along it
        self.grad = None
