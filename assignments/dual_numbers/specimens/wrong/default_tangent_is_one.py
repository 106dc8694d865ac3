"""A Dual without a tangent is taken as the variable. Noticed by: arithmetic.
Says: the tangent is 0.0 where it is left out
"""

# %% Dual, changed
class Dual:
    def __init__(self, primal, tangent=1.0):
        self.primal, self.tangent, self.level = primal, tangent, 0
