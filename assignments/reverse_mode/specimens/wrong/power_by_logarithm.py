"""a ** n is computed as exp(n log a), which fails for a below 0. Noticed by: rules."""

# %% Var, changed
class Var:
    def __pow__(self, other):
        x, n = self.value, as_var(other).value
        power = math.exp(n * math.log(x)) if x else 0.0**n
        slope = 0.0 if n == 0 else n * x ** (n - 1)
        if not isinstance(other, Var):
            return Var(power, ((self, slope),))
        return Var(power, ((self, slope), (other, 0.0 if x == 0 else power * math.log(x))))
