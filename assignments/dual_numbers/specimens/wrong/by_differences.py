"""The derivative is a central difference. Noticed by: derivative, expressions."""

# %% derivative
def derivative(f, x):
    h = 1e-6
    return (f(x + h) - f(x - h)) / (2 * h)
