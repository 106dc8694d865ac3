"""The step goes down the imaginary axis: the sign is wrong. Noticed by: complex_step.
Says: the sign is wrong
"""

# %% complex_step
def complex_step(f, x, h=1e-20):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    return f(x - 1j * h).imag / h
