"""Figures of the chapter on gradients of structures: each function draws the page's own values and returns None."""

import matplotlib.pyplot as plt
import numpy as np


def stability(zs, unstable, stable):
    """Draw the loss of one row and its slope over the logit, in an unstable and a stable form.

    Args:
      zs: logits, increasing, shape (n,).
      unstable, stable: (loss, slope), each of shape (n,); the unstable ones may be inf or NaN.
    """
    fig, axes = plt.subplots(1, 2, figsize=(9.0, 3.6))
    for ax, bad, good, name in zip(axes, map(np.asarray, unstable), stable, ("loss", "slope of the loss")):
        finite = np.isfinite(bad)
        ax.plot(zs[finite], bad[finite], lw=5, alpha=0.45, color="C0", label="−log(sigmoid(z))")
        ax.plot(zs, good, "--", lw=1.8, color="C1", label="softplus(−z)")
        first = np.flatnonzero(finite)[0]
        ax.plot(zs[first], bad[first], "x", color="C0", ms=11, mew=2.5, zorder=5)
        ax.set(xlabel="logit z", ylabel=name)
    axes[0].legend()


def training(curves):
    """Draw the loss against the step, both logarithmic, for each learning rate in a dict of arrays."""
    fig, ax = plt.subplots()
    for (rate, losses), style in zip(curves.items(), ("--", "-", ":")):
        ax.loglog(np.arange(1, len(losses) + 1), losses, style, label=f"rate {rate:g}")
    ax.set(xlabel="step (1: the start)", ylabel="loss")
    ax.legend()


def surface(w1, w2, loss, path):
    """Draw contours of the loss over two weights and the steps of gradient descent on it.

    Args:
      w1, w2: the axes of the grid, shapes (n,) and (m,).
      loss: values on the grid, shape (m, n).
      path: rows (w1, w2, loss), one a step.
    """
    fig, ax = plt.subplots(figsize=(6.4, 5.2))
    levels = [0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 10]
    lines = ax.contour(w1, w2, loss, levels, cmap="viridis", linewidths=1.2)
    ax.clabel(lines, fmt="%g", fontsize=9)
    ax.plot(path[:, 0], path[:, 1], ".-", color="C1", lw=1.2, ms=5)
    ax.plot(*path[0, :2], "o", color="C1", ms=9, label="start")
    ax.plot(*path[-1, :2], "s", color="C1", ms=8, label=f"after {len(path) - 1} steps")
    ax.set(xlabel="weight w1", ylabel="weight w2", aspect="equal")
    ax.legend(loc="lower right")
