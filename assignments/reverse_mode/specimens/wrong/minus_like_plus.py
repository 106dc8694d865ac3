"""The slope of a - b along b is 1, not -1. Noticed by: rules, graphs.
Says: the sign is wrong
"""

# %% Var, changed
class Var:
    def __sub__(self, other):
        other = as_var(other)
        return Var(self.value - other.value, ((self, 1.0), (other, 1.0)))
