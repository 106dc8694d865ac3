"""The oldest ε counts as the innermost. Noticed by: derivative, gradient."""

# %% Dual, changed
def matched(p, q):
    level = min(n for n in (level_of(p), level_of(q)) if n >= 0)
    return level, *parts(p, level), *parts(q, level)
