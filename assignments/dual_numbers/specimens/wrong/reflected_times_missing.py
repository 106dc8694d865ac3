"""There is no reflected product. Noticed by: arithmetic, derivative, gradient, expressions."""

# %% Dual, changed
class Dual:
    __radd__ = __add__
