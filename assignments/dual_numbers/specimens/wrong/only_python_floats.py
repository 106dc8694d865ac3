"""The operators know int and float by their exact types only, and take no np.float64. Noticed by: arithmetic, powers."""

# %% Dual, changed
def matched(p, q):
    if not {type(p), type(q)} <= {int, float, Dual}:
        raise TypeError(f'a number, please, not {type(p)} and {type(q)}')
    level = max(level_of(p), level_of(q))
    return level, *parts(p, level), *parts(q, level)
