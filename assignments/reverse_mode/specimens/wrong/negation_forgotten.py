"""The slope of -a is 1. Noticed by: rules, graphs.
Says: the sign is wrong
"""

# %% Var, changed
class Var:
    def __neg__(self):
        return Var(-self.value, ((self, 1.0),))
