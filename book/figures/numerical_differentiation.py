"""Figures of the chapter on numerical differentiation: each function draws the page's own values and returns None."""

import matplotlib.pyplot as plt
import numpy as np

MARKS = {"forward": "o", "central": "s", "Richardson": "^", "complex step": "D"}


def v_curves(panels):
    """Draw measured errors, their model and the predicted best step, one plot for each width.

    Args:
      panels: (name of the dtype, steps, errors, model, best step) each; the last three by method.
    """
    fig, axes = plt.subplots(1, len(panels), figsize=(8.6, 4.2), sharey=True)
    for ax, (name, steps, errors, model, best) in zip(axes, panels):
        for k, method in enumerate(errors):
            seen = errors[method] > 0
            ax.loglog(steps[seen], errors[method][seen], MARKS[method], color=f"C{k}", ms=4, label=method)
            ax.loglog(steps, model[method], color=f"C{k}", lw=1)
            ax.axvline(best[method], color=f"C{k}", ls="--", lw=1)
        ax.set(xlabel="step h", title=name, ylim=(1e-13, 10))
    axes[0].set_ylabel("relative error")
    axes[0].legend(loc="lower left")


def four_methods(panels):
    """Draw the error of each method over the step, one plot for each width.

    Args:
      panels: (name of the dtype, steps, errors, predicted best steps, floor) each; errors and best
        steps by method; an error below the floor is drawn there.
    """
    fig, axes = plt.subplots(1, len(panels), figsize=(8.6, 4.6))
    for ax, (name, steps, errors, best, floor) in zip(axes, panels):
        for k, (method, error) in enumerate(errors.items()):
            ax.loglog(steps, np.maximum(error, floor), MARKS[method], color=f"C{k}", ms=4, label=method)
            if method in best:
                ax.axvline(best[method], color=f"C{k}", ls="--", lw=1)
        ax.set(xlabel="step h", title=name, ylim=(floor / 3, 30))
    axes[0].set_ylabel("relative error")
    axes[0].legend(loc="upper left", fontsize="small", ncols=2)
