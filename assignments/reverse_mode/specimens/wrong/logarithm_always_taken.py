"""log(a) is computed for a ** 2 as well, where a is negative. Noticed by: rules.
Says: is computed where it does not exist
"""

# %% Var, changed
class Var:
    def __pow__(self, other):
        x, n = self.value, as_var(other).value
        power = x**n
        slope = 0.0 if n == 0 else n * x ** (n - 1)
        return Var(power, ((self, slope), (as_var(other), 0.0 if x == 0 else power * math.log(x))))
