"""The sum keeps the first tangent only. Noticed by: arithmetic, derivative, gradient, expressions.
Says: the tangent of the second operand is lost
"""

# %% Dual, changed
class Dual:
    def __add__(self, other):
        level, x, a, y, b = matched(self, other)
        return dual(x + y, a, level)
