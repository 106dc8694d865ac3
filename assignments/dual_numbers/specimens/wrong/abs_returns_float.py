"""abs returns a plain number. Noticed by: comparisons.
Says: the result must be a Dual: is a tangent lost?
"""

# %% Dual, changed
class Dual:
    def __abs__(self):
        sign = 1.0 if self > 0 else -1.0
        return abs(self.primal)
