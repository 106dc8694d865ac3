"""Where the processor time of one submission goes: the same steps as `autograder grade`, one after another, timed."""

import copy
import os
import re
import tempfile
import time
from pathlib import Path

import nbformat

from autograder import execute, feedback, grading
from autograder.gradebook import writer
from benchmarks import classes, measure

BEFORE = """import time as _time
_spent, _since = 0.0, _time.process_time()
def _begin(info):
    global _since
    _since = _time.process_time()
def _end(result):
    global _spent
    _spent += _time.process_time() - _since
get_ipython().events.register("pre_run_cell", _begin)
get_ipython().events.register("post_run_cell", _end)"""
AFTER = 'print(f"<{_spent:.4f}>")'


def table(size: int) -> str:
    """Processor seconds of each step, a submission, in Markdown."""
    class_ = classes.notebooks(size)
    spent = dict.fromkeys(["read and transplant", "drive the kernel", "judge", "gradebook and notebook", "feedback page"], 0.0)
    own = 0.0
    with tempfile.TemporaryDirectory() as folder:
        course = classes.ours(Path(folder) / "course", {s: instrumented(nb) for s, nb in class_.items()})
        secret = course.secret()
        grading.grade_notebook(course.submission(next(iter(class_)), classes.SLUG), secret)
        before = of_children()
        with writer(course, classes.SLUG) as book:
            for student in class_:
                clock = Clock(spent)
                work = grading.prepare(course.submission(student, classes.SLUG), secret)
                clock.lap("read and transplant")
                executed = work.execute()
                clock.lap("drive the kernel")
                own += cells(executed)
                clock.start()
                graded = grading.judge(classes.SLUG, executed, secret)
                clock.lap("judge")
                marks = book.record(student, graded)
                clock.lap("gradebook and notebook")
                feedback.write(course, classes.SLUG, student, graded.notebook, marks)
                clock.lap("feedback page")
        kernels = of_children() - before
        execute.close()
    rows = {"in the grader: " + name: seconds for name, seconds in spent.items()}
    rows["in the sandbox: start and end of a kernel, messages"] = kernels - own
    total = sum(rows.values())
    lines = ["Processor seconds of one submission, all steps in turn, without what a run does once (imports, the warm parent, "
             "the references):", "", "| step | CPU seconds |", "|---|---:|"]
    lines += [f"| {name} | {seconds / size:.3f} |" for name, seconds in rows.items()]
    lines += [f"| **overhead in all** | **{total / size:.3f}** |", f"| the submission's own cells, beside it | {own / size:.3f} |"]
    return "\n".join(lines)


def instrumented(nb):
    nb = copy.deepcopy(nb)
    nb.cells.insert(0, nbformat.v4.new_code_cell(BEFORE))
    nb.cells.append(nbformat.v4.new_code_cell(AFTER))
    return nb


def cells(executed) -> float:
    """What the last cell printed: processor seconds inside the notebook's cells."""
    text = "".join(o.get("text", "") for c in executed.notebook.cells if c.cell_type == "code" for o in c.outputs)
    return float(re.findall(r"<(\d+\.\d+)>", text)[-1])


def of_children() -> float:
    """Processor seconds of all that this process started, of ended kernels too."""
    return measure.processor_time(os.getpid()) - time.process_time()


class Clock:
    """Adds this process's processor time to a table, lap by lap."""

    def __init__(self, spent: dict[str, float]):
        self.spent = spent
        self.start()

    def start(self) -> None:
        self.since = time.process_time()

    def lap(self, name: str) -> None:
        self.spent[name] += time.process_time() - self.since
        self.start()
