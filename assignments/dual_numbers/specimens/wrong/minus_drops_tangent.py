"""The unary minus drops the tangent. Noticed by: arithmetic, expressions.
Says: is the result made without one, like a constant?
"""

# %% Dual, changed
class Dual:
    def __neg__(self):
        return dual(-self.primal, 0.0, self.level)
