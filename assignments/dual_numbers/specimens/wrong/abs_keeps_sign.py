"""abs leaves the tangent's sign as it is. Noticed by: comparisons.
Says: the tangent keeps its sign where abs turns that of the primal
"""

# %% Dual, changed
class Dual:
    def __abs__(self):
        sign = 1.0 if self > 0 else -1.0
        return dual(abs(self.primal), self.tangent, self.level)
