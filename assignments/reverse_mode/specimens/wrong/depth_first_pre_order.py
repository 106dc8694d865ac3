"""Vars pass their grad on in the order in which a depth-first walk meets them. Noticed by: backward, graphs.
Says: passed its grad on before all who used it
"""

# %% backward
def backward(out):
    order, seen, waiting = [], set(), [out]
    while waiting:
        v = waiting.pop()
        if id(v) not in seen:
            seen.add(id(v))
            order.append(v)
            waiting += [parent for parent, _ in reversed(v.parents)]
    for v in order:
        v.grad = 0.0
    out.grad = 1.0
    for v in order:
        for parent, slope in v.parents:
            parent.grad += v.grad * slope
