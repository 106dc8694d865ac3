"""Figures of the chapter on choosing a tool: each function draws the page's own values and returns None."""

import statistics

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import FancyBboxPatch

GREY = "0.5"
MARKS = "os^Dv*P"
LINES = ["-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1))]


def errors(found, rounding):
    """Draw the error of each tool's gradient, with a line at one rounding; found: by name."""
    fig, ax = plt.subplots(figsize=(7, 3.4))
    names = sorted(found, key=found.get, reverse=True)
    rows = np.arange(len(names))
    values = np.maximum([found[name] for name in names], 1e-17)
    ax.hlines(rows, 1e-17, values, color=GREY, lw=1)
    ax.plot(values, rows, "o", color="C0", ms=8)
    for y, value in zip(rows, values):
        ax.text(max(value, rounding) * 2, y, f"{value:.0e}", va="center", color=GREY)
    ax.axvline(rounding, color="C1", ls="--", lw=1.5)
    ax.set(xscale="log", xlabel="error, largest entry = 1", xlim=(1e-17, 60 * max(values)),
           ylim=(-0.6, len(names) - 0.4))
    ax.set_yticks(rows, names)
    ax.grid(axis="y", visible=False)


def counts(series):
    """Draw counted costs of a gradient over the number of parameters; series: by name, cost by number."""
    fig, ax = plt.subplots(figsize=(6.8, 4.2))
    for k, (name, points) in enumerate(series.items()):
        ax.loglog(list(points), list(points.values()), marker=MARKS[k], ls=LINES[k], color=f"C{k}", label=name)
    ax.set(xlabel="parameters n", ylabel="cost of a gradient, in runs of f", ylim=(1, None))
    ax.legend(fontsize=9)


def times(measured, numbers):
    """Draw the ratio of gradient to function over n, and the time at the largest n.

    Args:
      measured: by name and by n, (samples of the function, samples of the gradient).
      numbers: the values of n.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(9.6, 4.6), width_ratios=[1.15, 1])
    shift = np.geomspace(0.94, 1.06, len(measured))
    for k, (name, spans) in enumerate(measured.items()):
        middle = np.array([statistics.median(spans[n][1]) / statistics.median(spans[n][0]) for n in numbers])
        low, high = (np.array([end(spans[n][1]) / statistics.median(spans[n][0]) for n in numbers]) for end in (min, max))
        left.errorbar(np.array(numbers) * shift[k], middle, [middle - low, high - middle], marker=MARKS[k],
                      ls=LINES[k], lw=1.5, elinewidth=1, capsize=2, color=f"C{k}", label=name)
    left.set(xscale="log", yscale="log", xlabel="parameters n", ylabel="gradient / own function")
    left.set_xticks(numbers, [str(n) for n in numbers])
    left.minorticks_off()
    last = numbers[-1]
    names = sorted(measured, key=lambda name: statistics.median(measured[name][last][1]))
    unit = statistics.median(measured[names[0]][last][1])
    for y, name in enumerate(names):
        k, spans = list(measured).index(name), np.array(measured[name][last][1]) / unit
        value = np.median(spans)
        right.barh(y, value, 0.6, color=f"C{k}", alpha=0.7)
        right.plot([spans.min(), spans.max()], [y, y], "|-", color=GREY, lw=1.5)
        right.text(max(spans.max(), value) * 1.15, y, f"{value:.2g}" if value < 10 else f"{value:.0f}",
                   va="center", color=GREY, fontsize=9)
    longest = max(max(measured[name][last][1]) for name in names) / unit
    right.set(xscale="log", xlabel=f"time of a gradient, n = {last}, fastest = 1", xlim=(0.5, 5 * longest))
    right.set_yticks(range(len(names)), names)
    right.invert_yaxis()
    right.grid(axis="y", visible=False)
    fig.legend(*left.get_legend_handles_labels(), loc="outside lower center", ncols=3, fontsize=9)


def box(ax, left, bottom, width, height, color):
    """Draw one empty rounded box."""
    ax.add_patch(FancyBboxPatch((left, bottom), width, height, boxstyle="round,pad=0,rounding_size=0.08",
                                facecolor="none", edgecolor=color, linewidth=1.4))


def stages(found):
    """Draw the stages of a program's way to the machine, and below each the tools that differentiate there."""
    fig, ax = plt.subplots(figsize=(9.4, 3.4))
    for k, (stage, tools) in enumerate(found):
        box(ax, 2.5 * k, 0, 2.1, 0.7, f"C{k}")
        ax.text(2.5 * k + 1.05, 0.35, stage, ha="center", va="center", fontsize=10, color=GREY, fontweight="bold")
        for row, tool in enumerate(tools):
            ax.text(2.5 * k + 1.05, -0.35 - 0.42 * row, tool, ha="center", va="center", fontsize=10.5, color=GREY)
        ax.annotate("", (2.5 * k + 2.48, 0.35), (2.5 * k + 2.12, 0.35), arrowprops={"arrowstyle": "-|>", "color": GREY})
    ax.text(2.5 * len(found) + 0.05, 0.35, "machine\ncode", va="center", color=GREY, fontsize=10, style="italic")
    ax.set(xlim=(-0.1, 2.5 * len(found) + 1.0), ylim=(-2.4, 0.9))
    ax.axis("off")


def choice(questions):
    """Draw a list of questions, each with the tool that a yes leads to; the last asks nothing."""
    fig, ax = plt.subplots(figsize=(9.6, 5.6))
    last = len(questions) - 1
    for k, (_, question, tool) in enumerate(questions):
        bottom = -1.0 * k
        box(ax, 0, bottom, 6.5, 0.62, "C0" if k < last else "C2")
        ax.text(0.15, bottom + 0.31, question, va="center", fontsize=10, color=GREY)
        ax.annotate("", (7.2, bottom + 0.31), (6.52, bottom + 0.31), arrowprops={"arrowstyle": "-|>", "color": GREY})
        ax.text(7.3, bottom + 0.31, tool, va="center", fontsize=10, color="C1", fontweight="bold")
        if k < last:
            ax.text(6.85, bottom + 0.4, "yes", ha="center", fontsize=9, style="italic", color=GREY)
            ax.annotate("", (1.0, bottom - 0.37), (1.0, bottom - 0.01), arrowprops={"arrowstyle": "-|>", "color": GREY})
            ax.text(1.15, bottom - 0.19, "no", va="center", fontsize=9, style="italic", color=GREY)
    ax.set(xlim=(-0.1, 11.6), ylim=(-last - 0.1, 0.75))
    ax.axis("off")
