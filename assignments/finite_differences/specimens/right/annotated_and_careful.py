"""Type annotations, messages for every mistake, and the step that is really taken in the denominator."""

# %% forward_difference
def forward_difference(f, x: float, h: float) -> float:
    """The quotient over the step that floating-point addition really makes."""
    if not math.isfinite(h):
        raise ValueError(f"expected a finite step, got {h}")
    if h <= 0:
        raise ValueError(f"expected a positive step, got {h}")
    moved = x + h
    return (f(moved) - f(x)) / (moved - x)


# %% central_difference
def central_difference(f, x: float, h: float) -> float:
    if not math.isfinite(h) or h <= 0:
        raise ValueError(f"expected a positive, finite step, got {h}")
    right, left = x + h, x - h
    return (f(right) - f(left)) / (right - left)


# %% complex_step
def complex_step(f, x: float, h: float = 1e-20) -> float:
    if not math.isfinite(h) or h <= 0:
        raise ValueError(f"expected a positive, finite step, got {h}")
    value = complex(f(complex(x, h)))
    return value.imag / h


# %% richardson
def richardson(f, x: float, h: float, levels: int) -> float:
    if levels < 1:
        raise ValueError(f"expected at least one level, got {levels}")
    if not math.isfinite(h) or h <= 0:
        raise ValueError(f"expected a positive, finite step, got {h}")
    row: list[float] = []
    for level in range(levels):
        step = h / 2**level
        new = [(f(x + step) - f(x - step)) / (2 * step)]
        for k, old in enumerate(row, start=1):
            new.append((4**k * new[-1] - old) / (4**k - 1))
        row = new
    return row[-1]


# %% optimal_step
def optimal_step(x: float, order: int, dtype) -> float:
    match order:
        case 1 | 2:
            exponent = 1 / (1 + order)
        case _:
            raise ValueError(f"expected order 1 or 2, got {order}")
    here = np.array([x], dtype=dtype)
    wanted = np.array(np.finfo(dtype).eps ** exponent, dtype=dtype) * np.maximum(np.abs(here), 1).astype(dtype)
    for _ in range(3):
        wanted = (here + wanted) - here
    return wanted.item()


# %% numerical_gradient
def numerical_gradient(f, x: np.ndarray, h: float) -> np.ndarray:
    if not math.isfinite(h) or h <= 0:
        raise ValueError(f"expected a positive, finite step, got {h}")
    result = np.zeros(np.shape(x), dtype=np.float64)
    for index in np.ndindex(np.shape(x)):
        ends = []
        for sign in (1.0, -1.0):
            point = np.array(x, dtype=np.float64, copy=True)
            point[index] = point[index] + sign * h
            ends.append((point[index], f(point)))
        (right, above), (left, below) = ends
        result[index] = (above - below) / (right - left)
    return result


# %% directional_derivative
def directional_derivative(f, x: np.ndarray, v: np.ndarray, h: float) -> float:
    if not math.isfinite(h) or h <= 0:
        raise ValueError(f"expected a positive, finite step, got {h}")
    if np.shape(v) != np.shape(x):
        raise ValueError(f"expected a direction of shape {np.shape(x)}, got {np.shape(v)}")
    return float((f(x + h * v) - f(x + (-h) * v)) / (2 * h))
