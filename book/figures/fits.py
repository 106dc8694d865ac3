"""Figures of the chapter on fits: each function draws the page's own values and returns None."""

import matplotlib.pyplot as plt
import numpy as np

GREY = "0.5"


def calls(asked, ratios):
    """Draw the calls of each fit, and its time in units of the fastest.

    Args:
      asked: by name, (calls of the function, calls of the gradient); ratios: by name, time over the shortest.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(9.2, 3.6), sharey=True)
    rows = np.arange(len(asked))
    functions, gradients = np.array(list(asked.values())).T
    left.barh(rows - 0.2, functions, 0.38, color="C0", label="function")
    left.barh(rows + 0.2, gradients, 0.38, color="C1", hatch="///", edgecolor="white", label="gradient")
    for y, a, b in zip(rows, functions, gradients):
        left.text(a + 1, y - 0.2, str(a), va="center", fontsize=9, color=GREY)
        left.text(b + 1, y + 0.2, str(b), va="center", fontsize=9, color=GREY)
    left.set(xlabel="calls", xlim=(0, 1.15 * functions.max()))
    left.set_yticks(rows, list(asked))
    left.invert_yaxis()
    left.legend(loc="lower right")
    values = [ratios[name] for name in asked]
    right.barh(rows, values, 0.6, color="C2")
    for y, value in zip(rows, values):
        right.text(value * 1.08, y, f"{value:.2g}" if value < 10 else f"{value:.0f}", va="center", color=GREY)
    right.set(xscale="log", xlabel="time, fastest = 1", xlim=(0.8, 3 * max(values)))
    for ax in (left, right):
        ax.grid(axis="y", visible=False)


def many(asked):
    """Draw the calls of Migrad over the number of parameters.

    Args:
      asked: by number of parameters, (functions without gradient, functions with, gradients).
    """
    fig, ax = plt.subplots()
    for k, (name, numbers) in enumerate(zip(("function, no gradient given", "function, gradient given", "gradient"),
                                            zip(*asked.values()))):
        ax.loglog(list(asked), numbers, "os^"[k], ls=["-", "--", ":"][k], color=f"C{k}", label=name)
    ax.set(xlabel="parameters", ylabel="calls")
    ax.set_xticks(list(asked), [str(n) for n in asked])
    ax.minorticks_off()
    ax.legend()


def peak(edges, n, signal, background):
    """Draw a histogram with its fit and components, and the signed root of each bin's deviance."""
    fig, (top, low) = plt.subplots(2, 1, figsize=(7, 5), height_ratios=[3, 1], sharex=True)
    x, total = (edges[:-1] + edges[1:]) / 2, signal + background
    top.stairs(total, edges, baseline=background, fill=True, color="C1", alpha=0.3, hatch="///", label="signal")
    top.stairs(background, edges, color="C2", ls="--", lw=2, label="background")
    top.stairs(total, edges, color="C0", lw=2, label="fit")
    top.errorbar(x, n, np.sqrt(n), fmt="o", ms=4, lw=1, color=GREY, label="data")
    top.set(ylabel="events in a bin", ylim=(0, None))
    top.legend()
    part = total - n + n * np.log(np.maximum(n, 1) / total)
    low.plot(x, np.sign(n - total) * np.sqrt(2 * np.maximum(part, 0)), "o", ms=4, color=GREY)
    low.axhline(0, color="C0", lw=1.5)
    low.set(xlabel="x", ylabel="signed root", ylim=(-3.5, 3.5))


def profile(grid, curve, parabola, ends, contour, center, pair):
    """Draw a profile against its parabola, and a contour against its ellipse.

    Args:
      grid: values of the first parameter; curve, parabola: rise of the cost there;
      ends: both ends of the MINOS interval; contour: points of shape (k, 2);
      center: the best fit of both; pair: their covariance matrix, scaled to the contour's level.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(9.2, 3.9))
    left.plot(grid, curve, color="C0", label="profile")
    left.plot(grid, parabola, "--", color="C1", label="parabola")
    left.axhline(0.5, color=GREY, lw=1, ls=":")
    left.plot(ends, [0.5, 0.5], "o", color="C0", label="MINOS")
    half = np.interp(0.5, parabola[grid > center[0]], grid[grid > center[0]]) - center[0]
    left.plot(center[0] + np.array([-half, half]), [0.5, 0.5], "s", color="C1", mfc="none", ms=8, label="HESSE")
    inside = grid[np.minimum(curve, parabola) < 2.6]
    left.set(xlabel="signal s", ylabel="rise of the cost", xlim=(inside[0], inside[-1]), ylim=(0, 2.6))
    left.legend(loc="upper center")
    angle = np.linspace(0, 2 * np.pi, 200)
    ellipse = center[:, None] + np.linalg.cholesky(pair) @ np.stack([np.cos(angle), np.sin(angle)])
    closed = np.concatenate([contour, contour[:1]])
    right.plot(closed[:, 0], closed[:, 1], "o-", color="C0", ms=4, label="profile")
    right.plot(*ellipse, "--", color="C1", label="covariance")
    right.plot(*center, "x", color=GREY, ms=9, mew=2, label="best fit")
    right.set(xlabel="signal s", ylabel="width σ of the peak")
    right.legend(loc="upper left", fontsize=9)


def pulls(samples):
    """Draw the distribution of pulls, one panel for each sample, with the standard normal curve."""
    fig, axes = plt.subplots(1, len(samples), figsize=(9.2, 3.6), sharey=True)
    edges, x = np.linspace(-5, 5, 41), np.linspace(-5, 5, 300)
    for k, (ax, (name, pull)) in enumerate(zip(axes, samples.items())):
        ax.hist(np.clip(pull, -5, 5), edges, density=True, histtype="stepfilled", alpha=0.4, color=f"C{k}")
        ax.plot(x, np.exp(-x**2 / 2) / np.sqrt(2 * np.pi), "--", color=GREY, label="standard normal")
        ax.axvline(pull.mean(), color=f"C{k}", lw=2, label=f"mean {pull.mean():+.2f}, width {pull.std():.2f}")
        ax.set(xlabel="pull of σ", title=name, ylim=(0, 0.62))
        ax.legend(loc="upper left", fontsize=9)
    axes[0].set_ylabel("density")


def deviance(mu, mean):
    """Draw the mean of one bin's deviance over its expected count."""
    fig, ax = plt.subplots()
    ax.semilogx(mu, mean, color="C0", label="Poisson")
    ax.axhline(1, color=GREY, ls="--", lw=1.5, label="χ²")
    ax.set(xlabel="expected count of the bin", ylabel="mean of its deviance", ylim=(0, 1.35))
    ax.legend(loc="lower right")


def widths(w, inflation):
    """Draw the variance of three parameters over the bin width, in units of the unbinned one."""
    fig, ax = plt.subplots()
    for k, name in enumerate(("amplitude", "mean", "sigma")):
        ax.plot(w, inflation[:, k], "os^"[k], ls="-", lw=1, color=f"C{k}", label=name)
    fine = np.linspace(w[0], w[-1], 100)
    ax.plot(fine, 1 + fine**2 / 12, "--", color=GREY, label="1 + w²/12")
    ax.set(xlabel="bin width in units of σ", ylabel="variance, unbinned = 1", yscale="log")
    ticks = [1, 1.5, 2, 3, 5, 10]
    ax.set_yticks(ticks, [f"{t:g}" for t in ticks])
    ax.minorticks_off()
    ax.legend()
