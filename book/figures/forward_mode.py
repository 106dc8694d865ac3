"""Figures of the chapter on forward mode: each function draws the page's own values and returns None."""

import matplotlib.pyplot as plt


def geometry(xs, ys, arrows):
    """Draw a curve with arrows (x, x_dot, y, y_dot) along it, their x parts below and their y parts at the left."""
    fig, ax = plt.subplots(figsize=(6.8, 4.8))
    ax.plot(xs, ys, color="0.5", lw=1.2)
    left, bottom = min(xs) - 0.35, min(ys) - 0.35
    style = {"length_includes_head": True, "head_width": 0.09, "head_length": 0.09, "lw": 1.2}
    for k, (x, x_dot, y, y_dot) in enumerate(arrows):
        color = f"C{k}"
        ax.plot([x, x, left], [bottom, y, y], ":", color=color, lw=0.9)
        ax.plot(x, y, "os^D"[k], color=color, ms=6)
        ax.arrow(x, y, x_dot, y_dot, color=color, **style)
        ax.arrow(x, bottom, x_dot, 0, color=color, **style)
        ax.arrow(left, y, 0, y_dot, color=color, **style)
    ax.set(xlabel="x and its tangent", ylabel="y and its tangent", xlim=(left - 0.15, None), ylim=(bottom - 0.2, None))


def cost(sizes, counts):
    """Draw counted products over the number of inputs; counts: by name, one for each size."""
    fig, ax = plt.subplots()
    for k, (name, numbers) in enumerate(counts.items()):
        ax.loglog(sizes, numbers, "os^"[k], ls="-", color=f"C{k}", base=2, label=name)
    ax.set(xlabel="inputs n", ylabel="products")
    ax.legend()
