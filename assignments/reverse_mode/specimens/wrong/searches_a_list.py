"""Which Vars were seen is looked up in a list: the time grows with the square. Noticed by: backward.
Says: is a list searched for each Var
"""

# %% backward
def backward(out):
    """Set grad on out and on every Var that it depends on, to the slope of out with respect to it."""
    order, seen, waiting = [], [], [(out, False)]
    while waiting:
        v, finished = waiting.pop()
        if finished:
            order.append(v)              # after all of its parents
        elif v not in seen:
            seen.append(v)
            waiting.append((v, True))
            waiting += [(parent, False) for parent, _ in v.parents]
    for v in order:
        v.grad = 0.0
    out.grad = 1.0
    for v in reversed(order):
        for parent, slope in v.parents:
            parent.grad += v.grad * slope
