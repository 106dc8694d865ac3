"""Figures of the chapter on Jacobians: each function draws the page's own values and returns None."""

import matplotlib.pyplot as plt


def cost(shape, ways):
    """Draw counted operations over inputs per output; ways: by name, one count for each shape."""
    fig, ax = plt.subplots()
    for k, (name, counts) in enumerate(ways.items()):
        ax.loglog(shape, counts, "os"[k], ls="-", color=f"C{k}", label=name)
    ax.axvline(1, color="0.5", lw=0.8, ls="--")
    ax.set(xlabel="inputs per output, n / m", ylabel="floating-point operations")
    ax.legend()


def dear(ratios):
    """Draw a bar for each derivative: its cost in units of the function."""
    fig, ax = plt.subplots(figsize=(6.4, 2.6))
    names = list(ratios)[::-1]
    bars = ax.barh(names, [ratios[n] for n in names], color="C0", height=0.55)
    ax.bar_label(bars, fmt="%.1f", padding=4)
    ax.set(xscale="log", xlabel="cost in units of the function", xlim=(1, 8 * max(ratios.values())))
    ax.grid(axis="y", visible=False)
