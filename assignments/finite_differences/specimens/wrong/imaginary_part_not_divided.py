"""The imaginary part is returned as it is. Noticed by: complex_step.
Says: this is the imaginary part itself
"""

# %% complex_step
def complex_step(f, x, h=1e-20):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    return f(x + 1j * h).imag
