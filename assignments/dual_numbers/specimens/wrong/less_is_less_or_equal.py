"""< is written as <=. Noticed by: comparisons."""

# %% Dual, changed
class Dual:
    def __lt__(self, other):
        return value_of(self) <= value_of(other)
