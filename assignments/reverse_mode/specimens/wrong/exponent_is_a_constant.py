"""A Var as exponent gets no grad. Noticed by: rules, graphs.
Says: no contribution arrives
"""

# %% Var, changed
class Var:
    def __pow__(self, other):
        x, n = self.value, as_var(other).value
        power = x**n
        slope = 0.0 if n == 0 else n * x ** (n - 1)
        if not isinstance(other, Var):
            return Var(power, ((self, slope),))
        return Var(power, ((self, slope),))
