"""A loop follows the left operand, but a call each right one. Noticed by: backward."""

# %% backward
def backward(out):
    order, seen = [], set()

    def visit(v):
        trail = []
        while v is not None and id(v) not in seen:
            seen.add(id(v))
            trail.append(v)
            v = v.parents[0][0] if v.parents else None
        for v in reversed(trail):
            for parent, _ in v.parents[1:]:
                visit(parent)
            order.append(v)

    visit(out)
    for v in order:
        v.grad = 0.0
    out.grad = 1.0
    for v in reversed(order):
        for parent, slope in v.parents:
            parent.grad += v.grad * slope
