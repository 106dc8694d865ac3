"""Figures of the chapter on the three ways: each function draws the page's own values and returns None."""

import matplotlib.pyplot as plt
import numpy as np


def swell(depths, sizes):
    """Draw the size of formulas and programs over the number of iterations; sizes: by name, one for each depth."""
    fig, ax = plt.subplots()
    for k, (name, counts) in enumerate(sizes.items()):
        ax.semilogy(depths, counts, "os^D"[k], ls="-" if name.startswith("SymPy") else "--", color=f"C{k}", ms=5, label=name)
    ax.set(xlabel="iterations", ylabel="nodes or equations")
    ax.legend()


def three_errors(t, errors, floor):
    """Draw the absolute error of each way over t; an error of zero at `floor`."""
    fig, ax = plt.subplots()
    for k, (name, error) in enumerate(errors.items()):
        ax.semilogy(t, np.maximum(error, floor), "os^"[k], color=f"C{k}", ms=5, mfc="none" if k == 0 else None, label=name)
    ax.set(xlabel="t", ylabel="absolute error", ylim=(floor / 3, 1e-6))
    ax.legend(loc="upper right")
