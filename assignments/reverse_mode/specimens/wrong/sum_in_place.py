"""a + b adds to a's own value and returns a. Noticed by: values, backward, rules, grad, value_and_grad, graphs.
Says: do not change self or other
"""

# %% Var, changed
class Var:
    def __add__(self, other):
        other = as_var(other)
        self.value += other.value
        self.parents = ((self, 1.0), (other, 1.0))
        return self
