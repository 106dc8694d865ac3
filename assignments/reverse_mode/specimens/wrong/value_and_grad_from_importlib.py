"""jax.value_and_grad comes in through importlib, put together from two strings. Noticed by: value_and_grad, graphs.
Says: by hand
"""

# %% value_and_grad
import importlib

_both = getattr(importlib.import_module("jax"), "value_and" + "_grad")


def value_and_grad(f, argnums=0):
    def both(*args):
        picked = argnums if isinstance(argnums, tuple) else (argnums,)
        value, slopes = _both(f, argnums)(*[float(x) if k in picked else x for k, x in enumerate(args)])
        return float(value), slopes

    return both
