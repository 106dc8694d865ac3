"""Figures of the chapter on higher derivatives: each function draws the page's own values and returns None."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap, LogNorm

# Cool and light for what is wanted, warm and dark for what is not; they also differ in grey.
BASINS = ["#0072B2", "#56B4E9", "#009E73", "#B5E0CF", "#D55E00", "#E69F00", "#CC79A7", "#F0E442", "#333333", "#999999"]


def second(steps, errors, floor):
    """Draw the error of second derivatives over the step; errors: by method, a number if there is no step."""
    fig, ax = plt.subplots()
    for k, (name, error) in enumerate(errors.items()):
        if np.ndim(error):
            ax.loglog(steps, np.maximum(error, floor), "os"[k], ls="-", lw=1, color=f"C{k}", ms=4, label=name)
        else:
            ax.axhline(max(error, floor), color=f"C{k}", ls="--", label=name)
    ax.set(xlabel="step h", ylabel="relative error", ylim=(floor / 3, 1e3))
    ax.legend(loc="lower left", bbox_to_anchor=(0, 0.14))


def orders(counts):
    """Draw counted operations over the order of the derivative; counts: by name, orders and counts."""
    fig, ax = plt.subplots()
    for k, (name, (order, numbers)) in enumerate(counts.items()):
        ax.semilogy(order, numbers, "os^"[k], ls="-", color=f"C{k}", label=name)
    ax.set(xlabel="order of the derivative", ylabel="operations traced")
    ax.legend()


def convergence(paths):
    """Draw the error over the step of several iterations; paths: errors by name, zeros left out."""
    fig, ax = plt.subplots()
    for k, (name, errors) in enumerate(paths.items()):
        errors = np.array(errors)
        ax.semilogy(np.flatnonzero(errors), errors[errors > 0], "os^D"[k], ls="-", color=f"C{k}", label=name)
    ax.set(xlabel="step k", ylabel="error", ylim=(1e-16, 2))
    ax.legend(loc="lower right")


def tangents(panels):
    """Draw the slope of functions and the tangents by which Newton's method goes from point to point.

    Args:
      panels: (title, coordinates, slopes there, points of the path, slopes at these points) each.
    """
    fig, axes = plt.subplots(1, len(panels), figsize=(9, 3.4))
    for ax, (title, xs, slopes, path, heights) in zip(axes, panels):
        ax.plot(xs, slopes)
        ax.axhline(0, color="0.5", lw=1)
        for k, (x, height) in enumerate(zip(path[:-1], heights)):
            ax.plot([x, x], [0, height], color="C2", ls=":", lw=1.5)
            ax.plot([x, path[k + 1]], [height, 0], color="C1", lw=1.2)
            ax.plot(x, height, "o", color="C1", ms=5)
            ax.annotate(str(k), (x, height), (5, 5), textcoords="offset points")
        ax.set(title=title, xlabel="x")
    axes[0].set(ylabel="slope f′(x)")


def roots(axis, which, steps, solutions):
    """Draw which root each start of a square of the complex plane reaches, and in how many steps.

    Args:
      axis: coordinates along both sides; which: index of the root for each start, -1 for none;
      steps: number of steps for each start; solutions: the roots, complex.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(9, 4.3), sharey=True)
    box = (axis[0], axis[-1], axis[0], axis[-1])
    left.imshow(np.where(which < 0, 9, 2 * which), extent=box, origin="lower", interpolation="nearest",
                cmap=ListedColormap(BASINS), vmin=0, vmax=9)
    picture = right.imshow(steps, extent=box, origin="lower", interpolation="nearest", cmap="viridis",
                           norm=LogNorm(2, steps.max()))
    for k, z in enumerate(solutions):
        left.text(z.real, z.imag, str(k), ha="center", va="center", color="white", weight="bold",
                  bbox={"boxstyle": "circle,pad=0.2", "fc": "black", "ec": "white"})
    left.set(xlabel="real part of the start", ylabel="imaginary part", title="root reached")
    right.set(xlabel="real part of the start", title="steps needed")
    bar = fig.colorbar(picture, ax=right, shrink=0.85, ticks=[2, 5, 10, 20, 50])
    bar.ax.set_yticklabels(["2", "5", "10", "20", "50"])
    bar.ax.minorticks_off()
    for ax in (left, right):
        ax.grid(False)


def basins(axis, panels, points, kinds):
    """Draw which stationary point each start reaches, one plot for each method.

    Args:
      axis: coordinates along both sides; panels: (title, index of the point for each start, -1 for none);
      points: stationary points, (k, 2); kinds: "minimum", "saddle" or "maximum" for each.
    """
    fig, axes = plt.subplots(1, len(panels), figsize=(9, 4.6), sharey=True)
    marks = {"minimum": "o", "saddle": "X", "maximum": "^"}
    box = (axis[0], axis[-1], axis[0], axis[-1])
    for ax, (title, which) in zip(axes, panels):
        ax.imshow(np.where(which < 0, 9, which), extent=box, origin="lower", interpolation="nearest",
                  cmap=ListedColormap(BASINS), vmin=0, vmax=9)
        for kind, mark in marks.items():
            chosen = np.array([p for p, k in zip(points, kinds) if k == kind])
            ax.plot(chosen[:, 0], chosen[:, 1], mark, color="white", mec="black", ms=9, ls="", label=kind)
        ax.set(xlabel="start x", title=title, xlim=box[:2], ylim=box[:2])
        ax.grid(False)
    axes[0].set_ylabel("start y")
    handles, labels = axes[0].get_legend_handles_labels()
    fig.legend(handles, labels, loc="outside lower center", ncols=3)


def trajectory(paths, images):
    """Draw the gradient's norm over the work spent, and the images before and after.

    Args:
      paths: by name, (work, norms); images: by name, arrays of equal shape.
    """
    fig, axes = plt.subplots(1, 1 + len(images), figsize=(9.4, 3.4), width_ratios=[1.5] + [1] * len(images))
    for k, (name, (work, norms)) in enumerate(paths.items()):
        axes[0].semilogy(work, norms, ls="-", marker=["o", None][k], ms=5, color=f"C{k}", label=name)
    axes[0].set(xlabel="gradients and Hessian products", ylabel="norm of the gradient")
    axes[0].legend()
    for ax, (name, image) in zip(axes[1:], images.items()):
        ax.imshow(image, cmap="gray", vmin=-0.3, vmax=1.5)
        ax.set_title(name)
        ax.axis("off")
