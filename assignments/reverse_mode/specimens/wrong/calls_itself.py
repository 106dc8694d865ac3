"""The depth-first walk is a function that calls itself. Noticed by: backward.
Says: go through the Vars with a loop and a list
"""

# %% backward
def backward(out):
    order, seen = [], set()

    def visit(v):
        if id(v) not in seen:
            seen.add(id(v))
            for parent, _ in v.parents:
                visit(parent)
            order.append(v)

    visit(out)
    for v in order:
        v.grad = 0.0
    out.grad = 1.0
    for v in reversed(order):
        for parent, slope in v.parents:
            parent.grad += v.grad * slope
