"""The slope of a / b along b is -a / b, not -a / b**2. Noticed by: rules, graphs.
Says: the denominator is to be squared
"""

# %% Var, changed
class Var:
    def __truediv__(self, other):
        other = as_var(other)
        quotient = self.value / other.value
        return Var(quotient, ((self, 1 / other.value), (other, -quotient)))
