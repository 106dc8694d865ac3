"""Figures of the chapter on custom rules: each function draws the page's own values and returns None."""

import matplotlib.pyplot as plt
import numpy as np

MARKS = "os^D"


def tails(z, errors, floor):
    """Draw the relative error of a slope over z; errors: by method; an error below the floor is drawn there."""
    fig, ax = plt.subplots()
    for k, (name, error) in enumerate(errors.items()):
        ax.semilogy(z, np.maximum(error, floor), MARKS[k], ls="-", lw=1, ms=4, color=f"C{k}", label=name)
    ax.axhline(1, color="0.5", lw=0.8, ls="--")
    ax.text(z[0], 1.6, "no digit right", color="0.5", fontsize="small", va="bottom")
    ax.set(xlabel="z", ylabel="relative error of the slope", ylim=(floor / 3, 300))
    ax.legend(loc="center left", fontsize="small")


def convergence(turns, errors):
    """Draw errors over the number of iterations; errors: by name."""
    fig, ax = plt.subplots()
    for k, (name, error) in enumerate(errors.items()):
        ax.semilogy(turns, error, MARKS[k], ls=["-", "--", ":"][k % 3], lw=1, ms=4, color=f"C{k}", label=name)
    ax.set(xlabel="iterations k", ylabel="error")
    ax.legend()


def memory(turns, sizes):
    """Draw kept bytes over the number of iterations; sizes: by name."""
    fig, ax = plt.subplots()
    for k, (name, size) in enumerate(sizes.items()):
        ax.loglog(turns, size, MARKS[k], ls=["-", "--"][k % 2], color=f"C{k // 2}", lw=1.4,
                  mfc="none" if k % 2 else f"C{k // 2}", label=name)
    ax.set(xlabel="iterations k", ylabel="bytes")
    ax.legend(fontsize="small")


def descent(losses, best):
    """Draw losses over the steps of a descent, and the best that any integer weights reach; losses: by name."""
    fig, ax = plt.subplots()
    for k, (name, loss) in enumerate(losses.items()):
        ax.semilogy(loss, MARKS[k], ls="-", lw=1, ms=4, color=f"C{k}", label=name)
    ax.axhline(best, color="0.5", ls="--", lw=1, label="best of all integer weights")
    ax.set(xlabel="step", ylabel="loss")
    ax.legend()
