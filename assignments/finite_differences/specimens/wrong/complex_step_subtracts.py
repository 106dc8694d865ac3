"""The value at x is subtracted and the result taken for real: no imaginary part. Noticed by: complex_step.
Says: right to some digits only, where a complex step is right to the last
"""

# %% complex_step
def complex_step(f, x, h=1e-20):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    return abs(f(x + 1j * h) - f(x)) / h
