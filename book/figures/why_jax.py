"""Figures of the chapter "Place JAX": the stack map, Newton's paths, secants becoming a tangent.

Each function draws the page's own values and returns None.
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import FancyBboxPatch

FILL, EDGE, CHOSEN = "#eef4f9", "#0072B2", "#D55E00"


def box(ax, left, bottom, width, height, chosen=False):
    """Draw one rounded box; the chosen one has a thick edge of another colour."""
    ax.add_patch(FancyBboxPatch((left, bottom), width, height, boxstyle="round,pad=0,rounding_size=0.08",
                                facecolor=FILL, edgecolor=CHOSEN if chosen else EDGE,
                                linewidth=3 if chosen else 1.2))


def stack_map(layers, targets, backend):
    """Draw the layers from top to bottom, the three kinds of device, and mark the one in use.

    Args:
      layers: tuples (name, job, code that shows it, verb on the arrow to the next layer).
      targets: tuples (code generator, platform name as JAX spells it).
      backend: the platform in use; its box is marked.
    """
    fig, ax = plt.subplots(figsize=(7.4, 6.6))
    ax.set_axis_off()
    step, height = 1.3, 0.86
    arrow = {"arrowstyle": "-|>", "color": "black", "linewidth": 1.4}
    for i, (name, job, code, verb) in enumerate(layers):
        bottom = -i * step
        box(ax, 0, bottom, 9, height)
        ax.text(0.25, bottom + 0.58, name, fontsize=12, fontweight="bold", va="center")
        ax.text(8.75, bottom + 0.58, code, fontsize=10, family="monospace", va="center", ha="right")
        ax.text(0.25, bottom + 0.24, job, fontsize=10, va="center")
        last = i == len(layers) - 1
        for x in ([1.4, 4.5, 7.6] if last else [4.5]):
            ax.annotate("", (x, bottom - step + height), (x, bottom), arrowprops=arrow)
        ax.text(4.7, bottom - (step - height) / 2, verb, fontsize=10, style="italic", va="center")
    bottom = -len(layers) * step
    for i, (generator, platform) in enumerate(targets):
        chosen = platform == backend
        left = i * 3.1
        box(ax, left, bottom, 2.8, height, chosen)
        ax.text(left + 1.4, bottom + 0.58, platform.upper(), fontsize=12, fontweight="bold", ha="center", va="center")
        ax.text(left + 1.4, bottom + 0.24, generator, fontsize=10, ha="center", va="center")
        if chosen:
            ax.text(left + 1.4, bottom - 0.28, "▲ built this page", fontsize=10, ha="center", va="center")
    ax.set_xlim(-0.1, 9.1)
    ax.set_ylim(bottom - 0.5, height + 0.1)


def newton_paths(f, paths):
    """Draw f and the iterates of each path, numbered, with a marker and line style of its own."""
    fig, ax = plt.subplots()
    x = np.linspace(-1.6, 1.65, 300)
    ax.plot(x, f(x), color="0.35", label="f(x)")
    styles = [("o", "-"), ("s", "--"), ("^", ":")]
    for i, (points, (marker, line)) in enumerate(zip(paths, styles)):
        points = np.array(points)
        heights = f(points)
        ax.plot(points, heights, marker=marker, linestyle=line, linewidth=1.2, markersize=8, color=f"C{i}",
                label=f"start at {points[0]:g}, ends at {round(points[-1], 3) + 0:g}")
        for k in range(2):
            ax.annotate(f"{k}", (points[k], heights[k]), textcoords="offset points", xytext=(9, 4))
    ax.set_xlabel("x")
    ax.set_ylabel("f(x)")
    ax.legend(loc="upper center")


def secants(f, x, steps, slopes, tangent_slope):
    """Draw f, one secant per step h (through x and x + h), and the tangent at x."""
    fig, ax = plt.subplots()
    grid = np.linspace(x - 0.9, x + 1.3, 300)
    near = np.array([x - 0.7, x + 1.15])
    ax.plot(grid, f(grid), color="0.35", label="f")
    lines = [":", "-.", "--"]
    for i, (h, slope, line) in enumerate(zip(steps, slopes, lines)):
        ax.plot(near, f(x) + slope * (near - x), linestyle=line, color=f"C{i + 1}", linewidth=1.6,
                label=f"secant, h = {h:g}: slope {slope:.2f}")
        ax.plot(x + h, f(x + h), marker="os^"[i], color=f"C{i + 1}", linestyle="none", markersize=8)
    ax.plot(near, f(x) + tangent_slope * (near - x), color="C0", label=f"tangent: slope {tangent_slope:.2f}")
    ax.plot(x, f(x), "ko")
    ax.set_xlabel("x")
    ax.set_ylabel("f(x)")
    ax.legend(loc="upper left", fontsize=9)
