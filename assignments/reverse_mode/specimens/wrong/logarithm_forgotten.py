"""The slope of a ** b along b lacks the factor log(a). Noticed by: rules, graphs.
Says: the factor log(a) is missing
"""

# %% Var, changed
class Var:
    def __pow__(self, other):
        x, n = self.value, as_var(other).value
        power = x**n
        slope = 0.0 if n == 0 else n * x ** (n - 1)
        if not isinstance(other, Var):
            return Var(power, ((self, slope),))
        return Var(power, ((self, slope), (other, 0.0 if x == 0 else power)))
