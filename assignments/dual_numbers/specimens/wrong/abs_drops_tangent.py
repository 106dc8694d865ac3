"""abs returns a Dual without a tangent. Noticed by: comparisons.
Says: is the result made without one, like a constant?
"""

# %% Dual, changed
class Dual:
    def __abs__(self):
        sign = 1.0 if self > 0 else -1.0
        return dual(abs(self.primal), 0.0, self.level)
