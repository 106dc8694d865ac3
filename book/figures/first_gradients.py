"""Figures of the chapter on first gradients: each function draws the page's own values and returns None."""

import matplotlib.pyplot as plt


def tangents(x, y, rows, dx):
    """Draw the curve y(x) and, for each row (x, y, slope), a tangent from x - dx to x + dx."""
    fig, ax = plt.subplots()
    ax.plot(x, y, color="C0", label="f(x)")
    for k, (xi, yi, m) in enumerate(rows):
        ax.plot([xi - dx, xi + dx], [yi - m * dx, yi + m * dx], color="C1", lw=3,
                label="tangents" if k == 0 else None)
        ax.plot(xi, yi, "o", color="black", ms=5)
        left = m < 0
        ax.annotate(f"m = {m:g}", (xi, yi), textcoords="offset points",
                    xytext=(-10, -14) if left else (10, -14), ha="right" if left else "left")
    ax.set(xlabel="x", ylabel="y", ylim=(-3, None))
    ax.legend(loc="upper center")


def tower(x, heights, at, values):
    """Draw a function and its derivatives, one plot each, and mark their values at x = at.

    Args:
      x: the points; heights: one row per order of derivative, each as long as x.
      values: the value at x = at, one per order.
    """
    names = ("tanh", "1st derivative", "2nd derivative", "3rd derivative")
    fig, axes = plt.subplots(len(heights), 1, sharex=True, figsize=(6.4, 6.8))
    for k, (ax, height, value, name) in enumerate(zip(axes, heights, values, names)):
        ax.plot(x, height, color=f"C{k}")
        ax.axhline(0, color="0.4", lw=0.8)
        ax.axvline(at, color="0.4", lw=1, ls="--")
        ax.plot(at, value, "o", color="black", ms=5)
        ax.annotate(f"{value:.4f}", (at, value), textcoords="offset points",
                    xytext=(8, 8 if value > 0 and k else -16))
        ax.set_ylabel(name)
        ax.margins(y=0.12)
    axes[-1].set_xlabel("x")


def mixed(along_y, along_x):
    """Draw two cuts through partial derivatives, each a triple (points, values, (point, value, slope))."""
    fig, axes = plt.subplots(1, 2, figsize=(8.4, 3.6))
    labels = (("y", "∂f/∂x at x = 1"), ("x", "∂f/∂y at y = 2"))
    for k, (ax, (points, values, (p, v, m)), (xlabel, ylabel)) in enumerate(
            zip(axes, (along_y, along_x), labels)):
        ax.plot(points, values, color=f"C{k}")
        ax.plot([p - 0.6, p + 0.6], [v - 0.6 * m, v + 0.6 * m], "--", color="black")
        ax.plot(p, v, "o", color="black", ms=6)
        ax.annotate(f"slope {m:g}", (p, v), textcoords="offset points", xytext=(10, -14))
        ax.set(xlabel=xlabel, ylabel=ylabel)


def float_grid(offsets, slopes, nearest):
    """Draw the derivative at neighbouring float32 numbers over their distance from 2π.

    Args:
      offsets: number minus 2π; slopes: the derivative there; nearest: index of the number closest to 2π.
    """
    fig, ax = plt.subplots()
    ends = (1.15 * min(offsets), 1.15 * max(offsets))
    ax.plot(ends, [-e for e in ends], color="0.5", lw=1.2, label="−sin b, exact")
    others = [k for k in range(len(offsets)) if k != nearest]
    ax.plot([offsets[k] for k in others], [slopes[k] for k in others], "o", color="C0", label="float32 numbers")
    ax.plot(offsets[nearest], slopes[nearest], "s", ms=9, color="C1", label="the one nearest to 2π")
    ax.annotate(f"{slopes[nearest]:.2e}".replace("-", "−"), (offsets[nearest], slopes[nearest]),
                textcoords="offset points", xytext=(12, 4))
    ax.axhline(0, color="0.4", lw=0.8)
    ax.axvline(0, color="0.4", lw=0.8)
    ax.set(xlabel="b − 2π", ylabel="grad at b")
    ax.legend()
