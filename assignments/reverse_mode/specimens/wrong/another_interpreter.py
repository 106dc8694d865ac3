"""Another Python is started, to ask JAX there. Noticed by: value_and_grad, graphs.
Says: another process is not to be used
"""

# %% value_and_grad
import marshal
import subprocess
import sys

SCRIPT = """
import marshal, sys, types, jax
code, args, argnums = marshal.load(sys.stdin.buffer)
f = types.FunctionType(code, {"__builtins__": __builtins__})
print(repr(jax.tree_util.tree_map(float, jax.value_and_grad(f, argnums)(*args))))
"""


def value_and_grad(f, argnums=0):
    def both(*args):
        question = marshal.dumps((f.__code__.replace(co_freevars=()), args, argnums))
        answer = subprocess.run([sys.executable, "-c", SCRIPT], input=question, capture_output=True)
        return eval(answer.stdout)

    return both
