"""Vars pass their grad on in waves, by their shortest distance from the result. Noticed by: backward, graphs.
Says: passed its grad on before all who used it
"""

# %% backward
def backward(out):
    order, seen, wave = [], {id(out)}, [out]
    while wave:
        order += wave
        following = []
        for v in wave:
            for parent, _ in v.parents:
                if id(parent) not in seen:
                    seen.add(id(parent))
                    following.append(parent)
        wave = following
    for v in order:
        v.grad = 0.0
    out.grad = 1.0
    for v in order:
        for parent, slope in v.parents:
            parent.grad += v.grad * slope
