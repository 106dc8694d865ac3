"""Figures of the chapter on performance: each function draws the page's own values and returns None."""

import matplotlib.pyplot as plt
import numpy as np

MARKS = "os^D"


def cold_and_warm(ratios):
    """Draw two bars for each way to compute: its first call and a later one, on a logarithmic axis.

    Args:
      ratios: by name, (cold, warm), both in units of the same warm call.
    """
    fig, ax = plt.subplots(figsize=(7.6, 4.4))
    for k, (cold, warm) in enumerate(ratios.values()):
        ax.barh(-k + 0.19, cold, 0.36, color="C0", hatch="///", ec="0.8", label="first call" if not k else None)
        ax.barh(-k - 0.19, warm, 0.36, color="C1", label="later call" if not k else None)
        for y, value in ((-k + 0.19, cold), (-k - 0.19, warm)):
            ax.text(value * 1.15, y, f"{value:,.0f}" if value > 9.5 else f"{value:.2g}", va="center", fontsize="small", color="0.5")
    smallest, largest = np.min(list(ratios.values())), np.max(list(ratios.values()))
    ax.set(xscale="log", xlim=(min(0.5, smallest) / 2, largest * 8), xlabel="time, in warm calls of the compiled cost")
    ax.set_yticks(-np.arange(len(ratios)), ratios)
    ax.grid(axis="y", visible=False)
    fig.legend(loc="outside lower right", ncols=2)


def fits(parts):
    """Draw what a fit costs, stacked from its calls of the function and of the gradient.

    Args:
      parts: by name, (time in the function, time in the gradient), in any unit.
    """
    fig, ax = plt.subplots(figsize=(7.6, 3.6))
    shortest = min(sum(pair) for pair in parts.values())
    for k, (function, gradient) in enumerate(parts.values()):
        f, g = function / shortest, gradient / shortest
        ax.barh(-k, f, 0.6, color="C0", label="calls of the function" if not k else None)
        ax.barh(-k, g, 0.6, left=f, color="C1", hatch="///", ec="0.8", label="calls of the gradient" if not k else None)
        ax.text(f + g, -k, f" {f + g:.1f}×", va="center", color="0.5")
    ax.set_yticks(-np.arange(len(parts)), parts)
    ax.set(xlabel="time of the calls, in units of the shortest fit")
    ax.margins(x=0.12)
    ax.grid(axis="y", visible=False)
    ax.legend(loc="lower right")


def batches(sizes, gains):
    """Draw by which factor a batch is faster than a loop, over the size of the batch; gains: by name."""
    fig, ax = plt.subplots()
    for k, (name, gain) in enumerate(gains.items()):
        ax.loglog(sizes, gain, MARKS[k], ls=["-", "--"][k % 2], color=f"C{k}", label=name)
    ax.axhline(1, color="0.5", lw=1)
    ax.text(sizes[-1], 1.08, "as fast as the loop", color="0.5", ha="right", va="bottom", fontsize="small")
    ax.set(xlabel="batch size B", ylabel="time of the loop / time of the batch")
    ax.legend()


def program_sizes(turns, sizes):
    """Draw the number of recorded operations over the turns of a loop; sizes: by name."""
    fig, ax = plt.subplots()
    for k, (name, size) in enumerate(sizes.items()):
        ax.loglog(turns, size, MARKS[k], ls="-", color=f"C{k}", label=name)
    ax.set(xlabel="turns of the loop", ylabel="operations in the record")
    ax.legend()


def trade(points, segments, memory, law):
    """Draw what recomputing saves and costs.

    Args:
      points: by name, (operations in units of the function, arrays kept);
      segments: lengths of a segment; memory: arrays kept with each; law: what the formula says.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(9, 3.9), sharey=True)
    for k, (name, (work, kept)) in enumerate(points.items()):
        left.semilogy(work, kept, MARKS[k], ms=9, color=f"C{k}")
        left.annotate(name, (work, kept), (0, 9), textcoords="offset points", color=f"C{k}", fontsize="small",
                      ha="center")
    left.set(xlabel="operations, in runs of the function", ylabel="arrays in working memory")
    left.margins(x=0.35, y=0.15)
    right.loglog(segments, law, "-", color="0.5", lw=1, label="n/s + s")
    right.loglog(segments, memory, "s", color="C1", label="compiled program")
    right.set(xlabel="turns in a segment, s")
    right.legend()


def placement(layouts):
    """Draw which device holds which part of a matrix.

    Args:
      layouts: by title, (shape of the matrix, [(number of the device, slice of rows, slice of columns)]).
    """
    fig, axes = plt.subplots(1, len(layouts), figsize=(3.4 * len(layouts), 3.2), squeeze=False)
    for ax, (title, ((rows, columns), blocks)) in zip(axes[0], layouts.items()):
        places = {}
        for name, down, across in blocks:
            box = down.indices(rows)[:2] + across.indices(columns)[:2]
            places.setdefault(box, []).append(name)
        for k, ((top, bottom, left, right), names) in enumerate(places.items()):
            ax.add_patch(plt.Rectangle((left, top), right - left, bottom - top, fc=f"C{k}", alpha=0.35, ec="0.5"))
            ax.text((left + right) / 2, (top + bottom) / 2, ", ".join(names), ha="center", va="center",
                    color="0.5", weight="bold")
        ax.set(xlim=(0, columns), ylim=(rows, 0), xlabel="columns", ylabel="rows", title=title)
        ax.grid(False)
