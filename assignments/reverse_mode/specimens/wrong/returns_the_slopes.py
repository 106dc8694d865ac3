"""backward returns a list of slopes. Noticed by: backward.
Says: it returns nothing
"""

# %% backward
def backward(out):
    """Set grad on out and on every Var that it depends on, to the slope of out with respect to it."""
    order, seen, waiting = [], set(), [(out, False)]
    while waiting:
        v, finished = waiting.pop()
        if finished:
            order.append(v)              # after all of its parents
        elif id(v) not in seen:
            seen.add(id(v))
            waiting.append((v, True))
            waiting += [(parent, False) for parent, _ in v.parents]
    for v in order:
        v.grad = 0.0
    out.grad = 1.0
    for v in reversed(order):
        for parent, slope in v.parents:
            parent.grad += v.grad * slope
    return [v.grad for v in order]
