"""Figures of the chapter on traps: each function draws the page's own values and returns None."""

import math

import matplotlib.pyplot as plt

EDGE, INF, NAN = 1.35, 1.75, 2.25      # where the scale ends, and the columns for infinite and NaN


def _place(value):
    """Return where a slope stands on the map's axis."""
    if math.isnan(value):
        return NAN
    if math.isinf(value):
        return INF
    return max(-EDGE, min(EDGE, value))


def slopes(rows):
    """Draw, for each function, the span of its one-sided slopes and JAX's two answers.

    Args:
      rows: (label, left slope, right slope, forward answer, reverse answer) each.
    """
    fig, ax = plt.subplots(figsize=(7.2, 0.27 * len(rows) + 1.2))
    for y, (_, left, right, forward, reverse) in enumerate(rows):
        ends = [max(-EDGE, min(EDGE, s)) for s in (left, right) if not math.isnan(s)]
        ax.plot(ends, [y] * len(ends), "|-", color="0.55", lw=5, ms=11, mew=2, alpha=0.6, solid_capstyle="butt")
        ax.plot(_place(forward), y + 0.14, ">", color="C0", ms=7, label="forward mode" if y == 0 else None)
        ax.plot(_place(reverse), y - 0.14, "<", color="C1", ms=7, label="reverse mode" if y == 0 else None)
    for x in (EDGE + 0.1, (INF + NAN) / 2):
        ax.axvline(x, color="0.5", lw=0.8, ls="--")
    ax.set_yticks(range(len(rows)), [row[0] for row in rows], fontsize=9)
    ax.set_xticks([-1, -0.5, 0, 0.5, 1, INF, NAN], ["−1", "−½", "0", "½", "1", "±∞", "NaN"])
    ax.set(xlim=(-EDGE - 0.05, NAN + 0.25), ylim=(len(rows) - 0.4, -0.6), xlabel="slope")
    ax.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=2, frameon=False)


def _number(value):
    return "NaN" if math.isnan(value) else ("−∞" if value < 0 else "∞") if math.isinf(value) else f"{value:g}"


def passes(*runs):
    """Draw what taps saw: boxes from left to right, values above, cotangents below.

    Args:
      runs: (title, entries) each; entries: (name, value, cotangent) in the order of the run forwards.
    """
    fig, axes = plt.subplots(len(runs), 1, figsize=(7.4, 2.1 * len(runs)))
    for ax, (title, entries) in zip(axes, runs):
        for k, (name, value, bar) in enumerate(entries):
            bad = not math.isfinite(bar)
            ax.text(2.2 * k, 0, name, ha="center", va="center",
                    bbox={"boxstyle": "round,pad=0.45", "fc": "none", "ec": "C0", "lw": 1.4})
            ax.text(2.2 * k, 0.85, _number(value), ha="center", va="center", color="C0")
            ax.text(2.2 * k, -0.85, _number(bar), ha="center", va="center", color="C1",
                    weight="bold" if bad else "normal",
                    bbox={"boxstyle": "square,pad=0.3", "fc": "none", "ec": "C1"} if bad else None)
            if k:
                ax.annotate("", (2.2 * k - 0.75, 0), (2.2 * k - 1.5, 0), arrowprops={"arrowstyle": "->", "color": "0.5"})
        ax.text(-1.0, 0.85, "value →", ha="right", va="center", color="C0")
        ax.text(-1.0, -0.85, "cotangent ←", ha="right", va="center", color="C1")
        ax.text(-2.9, 0, title, ha="center", va="center", color="0.5")
        ax.set(xlim=(-3.7, 7.4), ylim=(-1.3, 1.3))
        ax.axis("off")


def support(rows, columns, answers):
    """Draw a grid: a tick where a construct (row) goes through a transformation (column), a cross where it raises."""
    fig, ax = plt.subplots(figsize=(6.6, 0.42 * len(rows) + 0.9))
    for y, row in enumerate(answers):
        for x, good in enumerate(row):
            ax.text(x, y, "✓" if good else "✗", ha="center", va="center", fontsize=14, color="C2" if good else "C1",
                    weight="normal" if good else "bold")
    ax.set_xticks(range(len(columns)), columns)
    ax.set_yticks(range(len(rows)), rows)
    ax.xaxis.tick_top()
    ax.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    ax.tick_params(length=0)
    ax.grid(visible=False)
    for y in range(len(rows) - 1):
        ax.axhline(y + 0.5, color="0.5", lw=0.5, alpha=0.5)
    for spine in ax.spines.values():
        spine.set_visible(False)


def stopped(a, values, slopes_by_name, exact):
    """Draw a root that a loop computed, above, and its slopes, below; slopes_by_name: two curves."""
    fig, (top, bottom) = plt.subplots(2, 1, sharex=True, figsize=(6.4, 5))
    top.plot(a, values, color="C0", label="loop")
    top.plot(a, [x**0.5 for x in a], color="0.5", ls=":", label="√a")
    top.set(ylabel="value")
    top.legend()
    for k, (name, curve) in enumerate(slopes_by_name.items()):
        bottom.plot(a, curve, color=f"C{k}", ls=("-", "--")[k], label=name)
    bottom.plot(a, exact, color="0.5", ls=":", label="1 / (2√a)")
    bottom.set(xlabel="a", ylabel="slope", ylim=(-0.06, 1.0))
    bottom.legend()


def crossing(t, levels, claimed):
    """Draw two eigenvalues over t, and the slope at t = 0 that JAX claims for both."""
    fig, ax = plt.subplots(figsize=(6.0, 3.6))
    for k, ls in enumerate(("-", "--")):
        ax.plot(t, [row[k] for row in levels], color=f"C{k}", ls=ls, label=f"eigenvalue {k}")
    ax.plot([-0.5, 0.5], [1 - 0.5 * claimed, 1 + 0.5 * claimed], color="C3", ls="-.", lw=1.6, label="slope from JAX, for both")
    ax.set(xlabel="t", ylabel="eigenvalue", ylim=(0.3, None))
    ax.legend(loc="lower center")


def lost_digits(x, errors):
    """Draw relative errors in float32 over x, both axes logarithmic; errors: by name."""
    fig, ax = plt.subplots()
    for k, (name, curve) in enumerate(errors.items()):
        ax.loglog(x, [max(float(e), 1e-9) for e in curve], "os^"[k], ms=4, ls=("-", "--", ":")[k], color=f"C{k}", label=name)
    ax.axhline(1, color="0.5", lw=0.8)
    ax.set(xlabel="x", ylabel="relative error of the slope")
    ax.legend(loc="upper right")
