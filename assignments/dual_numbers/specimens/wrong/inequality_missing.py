"""!= is true for tangents that differ. Noticed by: comparisons."""

# %% Dual, changed
class Dual:
    def __ne__(self, other):
        return value_of(self) != value_of(other) or self.tangent != getattr(other, 'tangent', 0.0)
