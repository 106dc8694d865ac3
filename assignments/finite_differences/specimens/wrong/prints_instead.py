"""The result is printed and None returned. Noticed by: forward_difference.
Says: the function must return a number
"""

# %% forward_difference
def forward_difference(f, x, h):
    if not (math.isfinite(h) and h > 0):
        raise ValueError("h must be positive and finite")
    print((f(x + h) - f(x)) / h)
