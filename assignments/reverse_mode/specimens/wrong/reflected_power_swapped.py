"""2 ** a gives a ** 2. Noticed by: values, rules, graphs."""

# %% Var, changed
class Var:
    def __rpow__(self, other):
        return self ** other
