"""Functions that a question hands to the student's code, and what they notice.

A `Probe` counts its calls and computes with NumPy only. A JAX tracer that reaches it is refused. If
it comes from a derivative transform, under whatever name, the derivative is not written by hand,
and the probe remembers it.
"""

import sys
from collections.abc import Callable
from typing import Any

import numpy as np


class Traced(TypeError):
    """Raised inside a probe that a derivative transform tries to trace."""


class Probe:
    """A function under examination. Give the student `probe.f`, a plain function, and keep the probe.

    Args:
      function: f(x, xp) with xp the array module, numpy here and jax.numpy in the references.
      shape: the shape that x must have; None for any.
    Attributes: f, what the student calls; calls, how often it was called; traced, whether a
      derivative transform tried to trace it.
    """

    def __init__(self, function: Callable[[Any, Any], Any], shape: tuple[int, ...] | None = None):
        self.calls, self.traced = 0, False

        def f(x):
            self._refuse_tracers(x)
            self.calls += 1
            if shape is None:
                # 0-d arrays become scalars, so that f returns a scalar; the dtype stays as it came.
                x = x[()] if isinstance(x, np.ndarray) and x.shape == () else x
            else:
                x = np.array(x)
                if x.shape != shape:
                    raise ValueError(f"f expects an array of shape {shape}; it was called with shape {x.shape}")
            with np.errstate(all="ignore"):
                return function(x, np)

        self.f = f

    def _refuse_tracers(self, x: Any) -> None:
        kind = tracer_kind(x)
        if kind == "derivative":
            self.traced = True
            raise Traced("this question asks for a derivative written by hand: "
                         "f is a plain NumPy function, and no transform can trace it")
        if kind:
            raise TypeError("f is a plain NumPy function: call it with numbers or arrays; "
                            "jit and vmap cannot compile or batch it")


def tracer_kind(x: Any) -> str:
    """What traces x, or an element of it: "derivative", "other" (jit, vmap), or "" for a real value.

    A derivative hidden behind jit or vmap counts as "other"; it is refused all the same.
    """
    jax = sys.modules.get("jax")
    if jax is None:
        return ""
    values = x.flat if isinstance(x, np.ndarray) and x.dtype == object else (x,)
    names = [type(v).__name__ for v in values if isinstance(v, jax.core.Tracer)]
    if not names:
        return ""
    return "other" if all("Jaxpr" in name or "Batch" in name for name in names) else "derivative"


def exceptions(call: Callable[..., Any], *arguments: tuple) -> list[dict]:
    """Call once per tuple of arguments; say of each what came: an exception's kinds, or a return.

    Returns: a list of {"kinds": names of the exception's class and its bases} or {"returned": text}.
    """
    found = []
    for args in arguments:
        try:
            value = call(*args)
        except Exception as error:
            found.append({"kinds": [c.__name__ for c in type(error).__mro__][:8]})
        else:
            found.append({"returned": repr(value)[:80]})
    return found
