"""f is called once more, to see its value. Noticed by: derivative.
Says: f is called twice, where one run is enough
"""

# %% derivative
def derivative(f, x):
    f(x)
    level = next(levels)
    return parts(f(dual(x, 1.0, level)), level)[1]
