"""number - Dual is computed as Dual - number. Noticed by: arithmetic, expressions.
Says: the operands are swapped
"""

# %% Dual, changed
class Dual:
    def __rsub__(self, other):
        return difference(self, other)
