"""Figures of the chapter on differential equations: each function draws the page's own values and returns None."""

import matplotlib.pyplot as plt
import numpy as np

GREY = "0.5"


def trace(h, path, data, a, moments, total):
    """Draw a path with its data, the adjoint that belongs to their misfit, and what each moment adds to a gradient.

    Args:
      h: the step; path, a: states and adjoints at 0, h, 2h, …, of shape (n + 1, 2);
      data: the indices of the measured states, and the measured angles;
      moments: what each step adds, of shape (n,); total: their sum.
    """
    fig, axes = plt.subplots(3, 1, figsize=(7.2, 7), sharex=True)
    t, (at, angles) = h * np.arange(len(path)), data
    axes[0].plot(t, path[:, 0], label="angle φ")
    axes[0].plot(t[at], angles, "o", color="C1", label="measured")
    axes[0].vlines(t[at], angles, path[at, 0], color="C1", ls=":", lw=1.5)
    axes[0].set(ylabel="angle φ")
    axes[1].plot(t, a[:, 0], label="φ component")
    axes[1].plot(t, a[:, 1], "--", color="C1", label="v component")
    axes[1].set(ylabel="adjoint a")
    for ax in axes:
        for when in t[at]:
            ax.axvline(when, color=GREY, lw=0.8, ls=":")
    axes[2].bar(t[:-1] + h / 2, moments / h, h, color="C0", alpha=0.5, label="each moment, per unit of time")
    axes[2].plot(t, np.append(np.cumsum(moments[::-1])[::-1], 0), "--", color="C1", label="sum from the right")
    axes[2].plot(0, total, "o", color="C1", clip_on=False)
    axes[2].set(xlabel="time t", ylabel="gradient in c")
    for ax in axes:
        ax.legend(fontsize="small")


def memory(sizes):
    """Draw working memory over the number of steps; sizes: by name, a dict from steps to states."""
    fig, ax = plt.subplots()
    for k, (name, size) in enumerate(sizes.items()):
        ax.loglog(list(size), list(size.values()), "os^D"[k], ls=["-", "--", ":", "-."][k], color=f"C{k}",
                  ms=6 + 2 * (k == 2), mfc="none" if k == 2 else f"C{k}", label=name)
    ax.set(xlabel="steps n", ylabel="working memory in states")
    ax.legend()


def dissipative(T, phi0, forth, back, frictions, returned, wrong):
    """Draw a path with its reconstruction from the end, and the errors of start and gradient over the friction."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(9.2, 3.7))
    t = np.linspace(0, T, len(forth) + 1)
    left.plot(t, np.append(phi0, forth), label="forwards")
    left.plot(t[-2::-1], back, "--", color="C1", label="backwards from the end")
    left.set(xlabel="time t", ylabel="angle φ", ylim=(-1, 3.5))
    left.legend()
    right.semilogy(frictions, returned, "o-", label="start found again")
    right.semilogy(frictions, wrong, "s--", color="C1", label="gradient")
    right.axhline(1, color=GREY, lw=0.8, ls=":")
    right.text(frictions[0], 2, "no digit right", color=GREY, fontsize="small")
    right.set(xlabel="friction c", ylabel="error")
    right.legend(loc="center left")


def tolerance(tols, errors):
    """Draw the error of gradients over the tolerance of an adaptive solver; errors: by name."""
    fig, ax = plt.subplots()
    for k, (name, error) in enumerate(errors.items()):
        ax.loglog(tols, error, "os^"[k], ls=["-", "--", ":"][k], color=f"C{k}", ms=[9, 6, 6][k],
                  mfc="none" if k == 0 else f"C{k}", label=name)
    ax.set(xlabel="tolerance", ylabel="error of the gradient")
    ax.legend()


def adaptive(ks, error, slopes):
    """Draw the error of an adaptive solver over a parameter, and of its slopes; slopes: by name."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(9.2, 3.7))
    left.plot(ks, error, ".", ms=3)
    left.set(xlabel="k", ylabel="error of φ(T)")
    left.ticklabel_format(axis="y", scilimits=(0, 0))
    for n, (name, wrong) in enumerate(slopes.items()):
        right.plot(ks, wrong, ["-", "--"][n], lw=1.5, color=f"C{n}", label=name)
    right.axhline(0, color=GREY, lw=0.8)
    right.set(xlabel="k", ylabel="error of the slope")
    right.legend(fontsize="small")


def bounce(times, height, slopes):
    """Draw a bouncing ball, and the slope of its height in the start height; slopes: by name."""
    fig, (top, low) = plt.subplots(2, 1, figsize=(7, 5), sharex=True, height_ratios=[2, 3])
    top.plot(times, height)
    top.set(ylabel="height x", ylim=(0, None))
    for k, (name, slope) in enumerate(slopes.items()):
        low.plot(times, slope, ["-", "--", ":"][k], color=f"C{k}", label=name)
    low.set(xlabel="time T", ylabel="∂x(T) / ∂x(0)")
    low.legend()


def fit(t, data, sigma, fine, curve, band, scan, costs, best):
    """Draw data with a fitted curve and its band, and the cost over one parameter for two lengths of record.

    Args:
      t, data: what was measured, with the error sigma; fine, curve, band: the fit and its error;
      scan: values of the parameter; costs: by name, the cost there; best: the true parameter.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(9.2, 3.8))
    left.errorbar(t, data, sigma, fmt="o", ms=3, lw=1, color=GREY, label="data")
    left.plot(fine, curve, color="C0", lw=1.5, label="fit")
    left.fill_between(fine, curve - 5 * band, curve + 5 * band, color="C0", alpha=0.3, label="5 errors")
    left.set(xlabel="time t", ylabel="angle φ")
    left.legend(fontsize="small")
    for k, (name, cost) in enumerate(costs.items()):
        right.semilogy(scan, cost, ["-", "--"][k], color=f"C{k}", label=name)
    right.axvline(best, color=GREY, ls=":", lw=1.5)
    right.set(xlabel="k in the model", ylabel="cost per point")
    right.legend(fontsize="small")
