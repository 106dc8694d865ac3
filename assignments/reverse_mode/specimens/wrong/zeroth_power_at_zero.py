"""a ** 0 at a = 0 divides by zero: 0 * 0.0 ** -1. Noticed by: rules.
Says: is computed where it does not exist
"""

# %% Var, changed
class Var:
    def __pow__(self, other):
        x, n = self.value, as_var(other).value
        power = x**n
        slope = n * x ** (n - 1)
        if not isinstance(other, Var):
            return Var(power, ((self, slope),))
        return Var(power, ((self, slope), (other, 0.0 if x == 0 else power * math.log(x))))
