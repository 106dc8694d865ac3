"""A frozen dataclass holds stencils (offsets and weights); one routine applies any of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stencil:
    offsets: tuple
    weights: tuple

    def apply(self, f, x, h):
        if not (np.isfinite(h) and h > 0):
            raise ValueError(f"a step must be positive and finite, not {h}")
        return sum(w * f(x + k * h) for k, w in zip(self.offsets, self.weights)) / h


FORWARD = Stencil((1, 0), (1.0, -1.0))
CENTRAL = Stencil((1, -1), (0.5, -0.5))


# %% forward_difference
def forward_difference(f, x, h):
    return FORWARD.apply(f, x, h)


# %% central_difference
def central_difference(f, x, h):
    return CENTRAL.apply(f, x, h)


# %% complex_step
def complex_step(f, x, h=1e-20):
    if not (np.isfinite(h) and h > 0):
        raise ValueError("a step must be positive and finite")
    return np.complex128(f(np.complex128(x) + 1j * h)).imag / h


# %% richardson
def richardson(f, x, h, levels):
    if levels < 1:
        raise ValueError("levels must be at least 1")
    table = np.zeros((levels, levels))
    for row in range(levels):
        table[row, 0] = CENTRAL.apply(f, x, h / 2**row)
        for column in range(1, row + 1):
            table[row, column] = table[row, column - 1] + (
                table[row, column - 1] - table[row - 1, column - 1]) / (4.0**column - 1)
    return table[-1, -1]


# %% optimal_step
def optimal_step(x, order, dtype):
    if order not in {1, 2}:
        raise ValueError("order must be 1 or 2")
    x = np.array(x, dtype)
    h = np.array(np.finfo(dtype).eps, dtype) ** dtype(1 / (order + 1)) * max(dtype(1), abs(x))
    return (x + h) - x


# %% numerical_gradient
def numerical_gradient(f, x, h):
    if not (np.isfinite(h) and h > 0):  # with no element in x, no stencil would ask
        raise ValueError("a step must be positive and finite")
    directions = np.eye(x.size).reshape((x.size, *x.shape))
    return np.array([CENTRAL.apply(lambda t: f(x + t * e), 0.0, h) for e in directions]).reshape(x.shape)


# %% directional_derivative
def directional_derivative(f, x, v, h):
    if np.shape(x) != np.shape(v):
        raise ValueError("x and v must have one shape")
    return CENTRAL.apply(lambda t: f(x + t * v), 0.0, h)
