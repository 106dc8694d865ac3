"""The tangents of a product are multiplied. Noticed by: arithmetic, derivative, gradient, newton, expressions.
Says: use the product rule
"""

# %% Dual, changed
class Dual:
    def __mul__(self, other):
        level, x, a, y, b = matched(self, other)
        return dual(x * y, a * b, level)
