"""number ** Dual is computed as Dual ** number. Noticed by: powers, expressions.
Says: the operands are swapped
"""

# %% Dual, changed
class Dual:
    def __rpow__(self, other):
        return power(self, other)
