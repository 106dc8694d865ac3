"""== compares the tangents, too, as a dataclass does. Noticed by: comparisons.
Says: equal primals are equal, whatever the tangents
"""

# %% Dual, changed
class Dual:
    def __eq__(self, other):
        return value_of(self) == value_of(other) and self.tangent == getattr(other, 'tangent', 0.0)
