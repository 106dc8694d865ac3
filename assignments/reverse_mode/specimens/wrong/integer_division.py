"""a / b rounds down: // for /. Noticed by: values, rules, graphs."""

# %% Var, changed
class Var:
    def __truediv__(self, other):
        other = as_var(other)
        quotient = self.value // other.value
        return Var(quotient, ((self, 1 / other.value), (other, -quotient / other.value)))
