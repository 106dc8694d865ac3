"""Figures of the chapter on reverse mode: each function draws the page's own values and returns None."""

import matplotlib.pyplot as plt


def tape(names, entries):
    """Draw a tape: a box for each entry, its value above, its cotangent below, arrows to the boxes that use it.

    Args:
      names: what each entry is; entries: (value, cotangent, indices of its parents) each.
    """
    fig, ax = plt.subplots(figsize=(8.4, 3.6))
    for k, (name, (value, bar, parents)) in enumerate(zip(names, entries)):
        ax.text(2 * k, 0, name, ha="center", va="center", fontsize=12,
                bbox={"boxstyle": "round,pad=0.45", "fc": "none", "ec": "C0", "lw": 1.4})
        ax.text(2 * k, 1.35, f"{value:.3g}", ha="center", va="center", color="C0", fontsize=12)
        ax.text(2 * k, -1.35, f"{bar:.3g}", ha="center", va="center", color="C1", fontsize=12)
        for parent in parents:
            gap = k - parent
            ax.annotate("", (2 * k - 0.5, 0.2), (2 * parent + 0.35, 0.2), arrowprops={
                "arrowstyle": "->", "color": "0.45", "connectionstyle": f"arc3,rad={-0.12 * gap - 0.05}", "lw": 1.2})
    ax.text(-1.6, 1.35, "value →", ha="right", va="center", color="C0")
    ax.text(-1.6, -1.35, "cotangent ←", ha="right", va="center", color="C1")
    ax.set(xlim=(-4.2, 2 * len(names) - 0.6), ylim=(-2, 2))
    ax.axis("off")


def cost(sizes, runs):
    """Draw the cost of a gradient, in runs of the function, over the number of inputs; runs: by name."""
    fig, ax = plt.subplots()
    for k, (name, numbers) in enumerate(runs.items()):
        ax.loglog(sizes, numbers, "os^"[k], ls="-", color=f"C{k}", label=name)
    ax.set(xlabel="inputs n", ylabel="runs of the function", ylim=(1, None))
    ax.legend()
