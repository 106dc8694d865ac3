"""The tangents are kept in float32. Noticed by: arithmetic, powers, comparisons, functions, derivative, gradient, newton, expressions.
Says: float32 somewhere?
"""

# %% Dual, changed
class Dual:
    def __init__(self, primal, tangent=0.0):
        self.primal, self.level = primal, 0
        self.tangent = tangent if isinstance(tangent, Dual) else float(np.float32(tangent))
