"""Values are kept in single precision. Noticed by: values, functions, backward, rules, grad, value_and_grad, graphs."""

# %% Var, changed
class Var:
    def __init__(self, value, parents=()):
        self.value = float(np.float32(value))
        self.parents = parents           # pairs of a Var and the slope along it
        self.grad = 0.0
