"""The default of h is 1e-3, not 1e-20. Noticed by: complex_step.
Says: right to some digits only, where a complex step is right to the last
"""

# %% complex_step
def complex_step(f, x, h=1e-3):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    return f(x + 1j * h).imag / h
