"""2 / a gives a / 2. Noticed by: values, rules, graphs.
Says: the operands are swapped
"""

# %% Var, changed
class Var:
    def __rtruediv__(self, other):
        return self / other
