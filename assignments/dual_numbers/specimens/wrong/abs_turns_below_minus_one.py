"""abs turns the sign below -1 only. Noticed by: comparisons."""

# %% Dual, changed
class Dual:
    def __abs__(self):
        sign = 1.0 if self > -1 else -1.0
        return dual(abs(self.primal), sign * self.tangent, self.level)
