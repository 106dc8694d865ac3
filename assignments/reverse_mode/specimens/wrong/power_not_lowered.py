"""The slope of a ** n is n * a ** n. Noticed by: rules, graphs.
Says: the power stays as it is
"""

# %% Var, changed
class Var:
    def __pow__(self, other):
        x, n = self.value, as_var(other).value
        power = x**n
        slope = 0.0 if n == 0 else n * x**n
        if not isinstance(other, Var):
            return Var(power, ((self, slope),))
        return Var(power, ((self, slope), (other, 0.0 if x == 0 else power * math.log(x))))
