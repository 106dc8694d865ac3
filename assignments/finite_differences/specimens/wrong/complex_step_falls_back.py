"""The step is real: a central difference with a step of its own. Noticed by: complex_step.
Says: right to some digits only, where a complex step is right to the last
"""

# %% complex_step
def complex_step(f, x, h=1e-20):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    h = 1e-6
    return (f(x + h) - f(x - h)) / (2 * h)
