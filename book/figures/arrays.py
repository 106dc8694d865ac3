"""Figures of the chapter on arrays: each function draws the page's own values and returns None."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle


def view_and_copy(before, numpy_after, jax_after, start):
    """Draw, for NumPy and JAX, an array above its slice, after a write into the slice.

    Args:
      before: the array's values before the write, shape (n,).
      numpy_after, jax_after: (array, slice, shares) after the write; shares is a bool.
      start: the slice's first index in the array.
    """
    fig, axes = plt.subplots(1, 2, figsize=(9.0, 3.2))
    for ax, title, (whole, part, shares) in zip(axes, ("NumPy", "JAX"), (numpy_after, jax_after)):
        _cells(ax, whole, before, 0, 1.6)
        _cells(ax, part, before[start:start + len(part)], start, 0)
        for x in range(start, start + len(part)):
            ax.plot([x + 0.5, x + 0.5], [1, 1.6], ls="-" if shares else "", color="C0")
        ax.text(-0.15, 2.1, "array", ha="right", va="center")
        ax.text(-0.15, 0.5, "slice", ha="right", va="center")
        ax.text(start + len(part) + 0.15, 1.28,
                "one memory" if shares else "two memories", va="center")
        ax.set(xlim=(-1.3, len(whole) + 0.1), ylim=(-0.3, 2.9), title=title)
        ax.axis("off")


def _cells(ax, values, before, x0, y0):
    for k, (value, old) in enumerate(zip(values, before)):
        changed = value != old
        ax.add_patch(Rectangle((x0 + k, y0), 1, 1, facecolor="#f3c9a5" if changed else "white",
                               edgecolor="#444444", hatch="//" if changed else None, lw=1.2))
        ax.text(x0 + k + 0.5, y0 + 0.5, f"{value:g}", ha="center", va="center",
                weight="bold" if changed else "normal",
                bbox=dict(facecolor="white", edgecolor="none", pad=1.5))


def out_of_range(indices, clamped, filled, written, size):
    """Draw what reading and writing index i gives, for indices inside and outside an array of `size`."""
    fig, (top, bottom) = plt.subplots(2, 1, sharex=True, height_ratios=(2.2, 1))
    for ax in (top, bottom):
        ax.axvspan(-size - 0.5, size - 0.5, color="0.88", lw=0, zorder=0)
    top.plot(indices, clamped, ".-", drawstyle="steps-mid", lw=1.2, label="c[i]")
    top.plot(indices, filled, "x", color="C1", ms=5, label='c.at[i].get(mode="fill", fill_value=-1)')
    top.set_ylabel("value read")
    top.set_ylim(-3, 29)
    top.legend(loc="upper center", ncols=2, fontsize=9)
    bottom.plot(indices, written, "s", ms=3.5, color="C2")
    bottom.set(xlabel="index i (grey: the indices that exist)", ylabel="elements\nwritten",
               yticks=(0, 1), ylim=(-0.4, 1.4))


def promotion(names, table):
    """Draw the dtype of x + y for every pair of operand names; a star marks a weak type."""
    short = {"bfloat16": "bf16", "float16": "f16", "float32": "f32", "int32": "i32",
             "int16": "i16", "int8": "i8", "uint8": "u8", "bool": "bool"}
    kinds = {"bool": 0, "uint8": 1, "int8": 1, "int16": 1, "int32": 1,
             "bfloat16": 2, "float16": 2, "float32": 2}
    fig, ax = plt.subplots(figsize=(7.2, 4.6))
    shade = np.array([[kinds[cell.rstrip("*")] for cell in row] for row in table])
    ax.imshow(shade, cmap="Blues", vmin=0, vmax=5, aspect="auto")
    for i, row in enumerate(table):
        for j, cell in enumerate(row):
            ax.text(j, i, short[cell.rstrip("*")] + ("*" if cell.endswith("*") else ""),
                    ha="center", va="center", fontsize=10)
    ax.set_xticks(range(len(names)), names, rotation=35, ha="right")
    ax.set_yticks(range(len(names)), names)
    ax.set(xlabel="y", ylabel="x")
    ax.grid(False)


def keys(same, fresh):
    """Draw two clouds of points (u, v) in the unit square: from one key used twice, and from two keys."""
    fig, axes = plt.subplots(1, 2, figsize=(7.6, 3.9), sharey=True)
    angle = np.linspace(0, np.pi / 2, 100)
    titles = ("one key, used twice", "two keys, from a split")
    for ax, (u, v), title, marker in zip(axes, (same, fresh), titles, "xo"):
        ax.plot(u, v, marker, ms=3, color="C0")
        ax.plot(np.cos(angle), np.sin(angle), "--", color="C1")
        ax.set(title=title, xlabel="u", aspect="equal")
    axes[0].set_ylabel("v")
