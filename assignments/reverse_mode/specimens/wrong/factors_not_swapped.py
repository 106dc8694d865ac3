"""The slopes of a * b are taken along the wrong factor. Noticed by: backward, rules, grad, value_and_grad, graphs.
Says: this is the slope along the other operand
"""

# %% Var, changed
class Var:
    def __mul__(self, other):
        other = as_var(other)
        return Var(self.value * other.value, ((self, self.value), (other, other.value)))
