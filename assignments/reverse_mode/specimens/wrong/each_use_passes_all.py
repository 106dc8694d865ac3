"""A queue without memory: a Var used twice passes its whole grad on twice. Noticed by: backward, graphs.
Says: passes its whole grad on each time
"""

# %% backward
def backward(out):
    involved, waiting = {}, [out]
    while waiting:
        v = waiting.pop()
        if id(v) not in involved:
            involved[id(v)] = v
            waiting += [parent for parent, _ in v.parents]
    for v in involved.values():
        v.grad = 0.0
    out.grad = 1.0
    waiting = [out]
    while waiting:
        v = waiting.pop(0)
        for parent, slope in v.parents:
            parent.grad += v.grad * slope
            waiting.append(parent)
