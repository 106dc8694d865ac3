"""The comparison of two Duals looks at the tangents. Noticed by: comparisons.
Says: are the tangents compared?
"""

# %% Dual, changed
class Dual:
    def __lt__(self, other):
        return self.tangent < other.tangent if isinstance(other, Dual) else self.primal < other
