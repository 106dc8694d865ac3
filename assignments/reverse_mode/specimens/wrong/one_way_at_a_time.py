"""Each way from the result to an input is walked on its own: right, and exponential. Noticed by: backward.
Says: every way from the result to an input
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
    waiting = [(out, 1.0)]
    while waiting:
        v, share = waiting.pop()
        v.grad += share
        waiting += [(parent, share * slope) for parent, slope in v.parents]
