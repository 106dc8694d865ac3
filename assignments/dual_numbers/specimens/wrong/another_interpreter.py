"""Another interpreter is asked for the derivative. Noticed by: derivative, expressions.
Says: by hand; another process is not to be used
"""

# %% derivative
def derivative(f, x):
    import subprocess
    import sys
    code = f'import jax; print(jax.grad(lambda t: {f(3.0)} * t)({float(x)}))'
    return float(subprocess.run([sys.executable, '-c', code], capture_output=True, text=True).stdout)
