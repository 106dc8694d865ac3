"""Figures of the chapter on error propagation: each function draws the page's own values and returns None."""

import matplotlib.pyplot as plt
import numpy as np


def linear(sample, s, sizes, measured, measured_error, predictions):
    """Draw a skewed distribution with its linear approximation, and the variance over the error's size.

    Args:
      sample: values of 1/x for x = 1 ± s; sizes: relative errors; measured, measured_error: variance
      of 1/x over its linear value, at each size; predictions: the same by name.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(9, 3.8))
    inside = np.linspace(-0.5, 4, 300)
    left.hist(sample, bins=np.linspace(-0.5, 4, 91), density=False, weights=np.full(len(sample), 20 / len(sample)),
              histtype="stepfilled", color="C0", alpha=0.4, label="thrown")
    left.plot(inside, np.exp(-0.5 * ((inside - 1) / s)**2) / (s * np.sqrt(2 * np.pi)), "C1--", label="linear")
    left.set(xlabel="1/x", ylabel="density", title=f"x = 1 ± {s}")
    left.legend()
    for k, (name, values) in enumerate(predictions.items()):
        right.plot(sizes, values, [":", "--", "-"][k], color=f"C{k + 1}", label=name)
    right.errorbar(sizes, measured, measured_error, fmt="o", color="C0", ms=4, lw=1.2, label="thrown")
    right.set(xlabel="relative error s of x", ylabel="variance / its linear value")
    right.legend()


def band(x, y, sigma_x, sigma_y, fine, fit, width, uncorrelated, truth):
    """Draw points with errors in both directions, a fitted curve and its band.

    Args:
      x, y: the points; sigma_x, sigma_y: their errors; fine: where the curves are drawn;
      fit, truth: the curves; width: the fit's error; uncorrelated: the same without correlations.
    """
    fig, ax = plt.subplots(figsize=(7, 4.4))
    ax.errorbar(x, y, sigma_y, sigma_x, fmt="o", color="0.5", ms=4, lw=1, label="data")
    ax.plot(fine, fit, color="C0", label="fit")
    ax.fill_between(fine, fit - width, fit + width, color="C0", alpha=0.3, lw=0, label="one standard error")
    for k, sign in enumerate((-1, 1)):
        ax.plot(fine, fit + sign * uncorrelated, ":", color="C3", lw=1.4, label=None if k else "without correlations")
    ax.plot(fine, truth, "--", color="C1", label="truth")
    ax.set(xlabel="x", ylabel="y")
    ax.legend()


def toys(coefficients, truth):
    """Draw the fitted coefficients of many toys, and the average of each method with its error.

    Args:
      coefficients: arrays by method; truth: the value that the toys were made with.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(9.4, 3.8), width_ratios=[1.1, 1])
    chosen = {"effective variance": "-", "with log-variance": "--", "integrated": ":"}
    edges = np.linspace(0.5, 1.6, 45)
    for k, (name, par) in enumerate(coefficients.items()):
        if name in chosen:
            left.hist(par, bins=edges, histtype="step", color=f"C{k}", ls=chosen[name], lw=1.8, label=name)
        right.errorbar(par.mean(), len(coefficients) - k, xerr=par.std() / np.sqrt(len(par)), fmt="osD^v"[k % 5],
                       color=f"C{k}", ms=6)
    left.set(xlabel="leading coefficient", ylabel="toys", ylim=(0, 1.4 * left.get_ylim()[1]))
    left.legend(fontsize="small", loc="upper right")
    right.set_yticks([len(coefficients) - k for k in range(len(coefficients))], list(coefficients))
    right.set(xlabel="average", ylim=(0.4, len(coefficients) + 0.6))
    for ax in (left, right):
        ax.axvline(truth, color="0.5", lw=1.2)
