"""Prove the answers of quizzes: run the code of each question and compare.

A question of kind `output` is right when its code shows the answer marked with [x]: what it prints, and the
value of its last expression as a notebook shows it; or the name of the error that it raises. One of kind
`number` is right when `:check:`, or else what its code shows, is the number within the tolerance. In the
other kinds `:check:` must be true. `:check:` sees the names of the question's code.

Each question runs by itself, after the lines of PREAMBLE, in JAX's default precision. All of them run in one
further process, since Sphinx's own need not hold JAX. `python answers.py < jobs.json` is that process.
"""

import ast
import contextlib
import io
import json
import re
import subprocess
import sys

PREAMBLE = "import jax\nimport jax.numpy as jnp\nimport numpy as np\nfrom jax import grad"


def words(text: str) -> list:
    """Return the numbers and words of an output, which is all that must agree. `quiz.js` reads it the same way."""
    found = re.findall(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[a-z_]\w*", text.lower())
    return [word if word[0].isalpha() or word[0] == "_" else float(word) for word in found]


def run_cell(code: str, names: dict):
    """Run code as a notebook cell does. Returns: what it shows, and the value of its last expression."""
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(compile(tree, "<question>", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "<question>", "eval"), names) if last else None
        if value is not None:
            print(repr(value))
    return shown.getvalue(), value


def complaint(job: dict, names: dict) -> str | None:
    """Return what is wrong with a question's answer, or None."""
    right, shown = job["typed"][job["right"][0]] if "typed" in job else None, ""
    try:
        shown, _ = run_cell(job["code"], names)
    except Exception as error:
        if job["kind"] != "output" or job["check"]:
            return f"its code raises {type(error).__name__}: {error}"
        shown = type(error).__name__
    value = None
    if job["check"]:
        try:
            _, value = run_cell(job["check"], names)
        except Exception as error:
            return f":check: raises {type(error).__name__}: {error}"
    if job["kind"] == "output":
        if shown.split() != right.split():
            return f"the answer marked [x] is {right!r}, and the code shows {shown.strip()!r}"
    elif job["kind"] == "number":
        try:
            computed = float(value if job["check"] else shown)
        except (TypeError, ValueError):
            return f"a number was expected, and {':check:' if job['check'] else 'the code'} gives {value if job['check'] else shown!r}"
        size = job["tolerances"][job["right"][0]]
        if not abs(computed - float(right)) <= size:
            return f"the answer marked [x] is {right}, with tolerance {size:g}, and the computed one is {computed!r}"
        return None
    if job["kind"] != "number" and job["check"] and not (value is not None and bool(value)):
        return f":check: is to be true, and is {value!r}"
    return None


def run_jobs(jobs: list[dict]) -> list[str | None]:
    """Return the complaint, or None, about each question."""
    import jax

    found = []
    for job in jobs:
        jax.config.update("jax_enable_x64", False)
        names = {}
        exec(PREAMBLE, names)
        found.append(complaint(job, names))
    return found


def verify(jobs: list[dict], python: str = sys.executable) -> list[str | None]:
    """Run the jobs in a process of their own. Returns: the complaint, or None, about each."""
    done = subprocess.run([python, __file__], input=json.dumps(jobs), capture_output=True, text=True, timeout=600)
    if done.returncode:
        raise RuntimeError(f"the answers of quizzes could not be computed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    print(json.dumps(run_jobs(json.load(sys.stdin))))
