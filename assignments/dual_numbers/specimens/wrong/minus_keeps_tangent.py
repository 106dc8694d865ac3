"""The unary minus leaves the tangent as it is. Noticed by: arithmetic, expressions.
Says: the sign of the tangent is wrong
"""

# %% Dual, changed
class Dual:
    def __neg__(self):
        return dual(-self.primal, self.tangent, self.level)
