"""Figures of the chapter on optimisation: each function draws the page's own values and returns None."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap

GREY = "0.5"
REGIONS = ["#56B4E9", "#0072B2", "#B5E0CF", "#E69F00", "#333333"]


def limit(grid, theory, points, seen):
    """Draw the factor of a step over the rate times the largest curvature.

    Args:
      grid, points: scaled rates; theory: by momentum, factors on the grid; seen: by momentum, on the points.
    """
    fig, ax = plt.subplots()
    for k, (beta, values) in enumerate(theory.items()):
        name = f"momentum {beta}" if beta else "gradient descent"
        ax.plot(grid, values, ls=["-", "--"][k], color=f"C{k}", label=name)
        ax.plot(points, seen[beta], "os"[k], mfc="none", color=f"C{k}", label="measured")
        ax.axvline(2 * (1 + beta), color=f"C{k}", lw=1, ls=":")
    ax.axhline(1, color=GREY, lw=1)
    ax.set(xlabel="rate × largest curvature", ylabel="factor of the error in a step", ylim=(0.93, 1.07))
    ax.legend(loc="upper left", ncols=2, fontsize=9)


def minima(axis, maps, points):
    """Draw which minimum each start reaches; maps: by rate, index of the minimum, -1 for none; points: the minima."""
    fig, axes = plt.subplots(1, len(maps), figsize=(9.4, 3.5), sharey=True)
    box = (axis[0], axis[-1], axis[0], axis[-1])
    for ax, (rate, which) in zip(axes, maps.items()):
        ax.imshow(np.where(which < 0, 4, which), extent=box, origin="lower", interpolation="nearest",
                  cmap=ListedColormap(REGIONS), vmin=0, vmax=4)
        for k, (x, y) in enumerate(points):
            ax.text(x, y, str(k), ha="center", va="center", fontsize=9,
                    bbox={"boxstyle": "circle,pad=0.25", "fc": "white", "ec": "black"}, color="black")
        ax.set(xlabel="start x", title=f"rate {rate}")
        ax.grid(False)
    axes[0].set_ylabel("start y")


def rates(grid, needed, constant, limit):
    """Draw the gradients needed over the rate; needed: by method, inf where it fails; constant: those of L-BFGS."""
    fig, ax = plt.subplots()
    for k, (name, numbers) in enumerate(needed.items()):
        ax.loglog(grid, np.where(np.isfinite(numbers), numbers, np.nan), "os^"[k], ls="-", lw=1, color=f"C{k}",
                  label=name)
    ax.axhline(constant, color="C3", ls="--", label="L-BFGS")
    ax.axvline(limit, color="C0", ls=":", lw=1.5, label="2 / largest curvature at the end")
    ax.set(xlabel="rate", ylabel="gradients", ylim=(3, 9000))
    ax.legend(fontsize=9, loc="lower center", ncols=2)


def paths(f, found, shape=(2, 2)):
    """Draw paths on contours of f; found: by method, an array of points for each start."""
    fig, axes = plt.subplots(*shape, figsize=(9.2, 6.4), sharex=True, sharey=True)
    x, y = np.meshgrid(np.linspace(-2, 2, 160), np.linspace(-1.5, 3, 160))
    height = np.log10(np.asarray(f(np.stack([x, y]))) + 1e-3)
    for ax, (name, runs) in zip(axes.flat, found.items()):
        ax.contour(x, y, height, levels=np.linspace(-2, 2.4, 12), colors=GREY, linewidths=0.7, linestyles="solid")
        for k, run in enumerate(runs):
            ax.plot(*run.T, marker=".", ms=4, lw=1, ls=["-", "--", "-."][k], color=f"C{k}")
            ax.plot(*run[0], "o", ms=8, color=f"C{k}")
        ax.plot(1, 1, "*", ms=14, color="C5", mec="black")
        ax.set(title=name, xlim=(-2, 2), ylim=(-1.5, 3))
        ax.grid(False)
    for ax in axes[-1]:
        ax.set_xlabel("x")
    for ax in axes[:, 0]:
        ax.set_ylabel("y")


def batches(sizes, spread, single, population):
    """Draw the variance of batch gradients; spread: by whether an example may repeat; single: that of one example."""
    fig, ax = plt.subplots()
    fine = np.geomspace(1, 0.97 * population, 300)
    ax.loglog(fine, single / fine, "--", lw=1.5, color="C0")
    ax.loglog(fine, single / fine * (population - fine) / (population - 1), "-", lw=1.5, color="C1")
    ax.loglog(sizes, spread[True], "o", color="C0", label="with repetition")
    ax.loglog(sizes, spread[False], "s", color="C1", mfc="none", ms=9, label="without repetition")
    ax.set(xlabel="batch size B", ylabel="variance of the gradient")
    ax.legend()


def schedules(plans, errors):
    """Draw rates and errors over the step, by name of the schedule."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(9.2, 3.6))
    for k, name in enumerate(plans):
        style = {"ls": ["-", "--", "-."][k], "color": f"C{k}", "label": name}
        left.plot(plans[name], **style)
        right.semilogy(errors[name], **style)
    left.set(xlabel="step", ylabel="rate")
    right.set(xlabel="step", ylabel="root mean square error")
    right.legend(fontsize=9)


def training(histories):
    """Draw the loss of each pass, by name; the last is drawn as crosses."""
    fig, ax = plt.subplots()
    for k, (name, values) in enumerate(histories.items()):
        last = k == len(histories) - 1
        ax.semilogy(np.arange(1, len(values) + 1), values, marker="x" if last else "os^"[k], ms=9 if last else 4,
                    ls="" if last else ["-", "--", "-."][k], color="C3" if last else f"C{k}", mew=1.5, label=name)
    ax.set(xlabel="pass over the data", ylabel="mean loss")
    ax.set_xticks([1, 5, 10, 15, 20])
    ax.legend(fontsize=9)
