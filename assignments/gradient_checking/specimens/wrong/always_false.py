"""Everything is rejected. Noticed by: check_gradient."""

# %% check_gradient
def check_gradient(f, grad_f, x, rtol=1e-6):
    return False
