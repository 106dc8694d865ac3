"""abs takes the absolute value of the tangent, too. Noticed by: comparisons.
Says: abs is taken of the tangent, too
"""

# %% Dual, changed
class Dual:
    def __abs__(self):
        sign = 1.0 if self > 0 else -1.0
        return dual(abs(self.primal), abs(self.tangent), self.level)
