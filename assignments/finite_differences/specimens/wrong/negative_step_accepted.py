"""No step is ever refused. Noticed by: central_difference."""

# %% central_difference
def central_difference(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)
