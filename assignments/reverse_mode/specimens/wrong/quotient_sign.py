"""The slope of a / b along b has the wrong sign. Noticed by: rules, graphs.
Says: the sign is wrong
"""

# %% Var, changed
class Var:
    def __truediv__(self, other):
        other = as_var(other)
        quotient = self.value / other.value
        return Var(quotient, ((self, 1 / other.value), (other, quotient / other.value)))
