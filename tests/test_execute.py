"""A kernel of its own for every submission; what it loses costs one question."""

import fcntl
import json
import os

import pytest

from autograder import grading, session, source
from autograder.execute import MAX_OUTPUTS, execute
from autograder.sandbox import folders, kernel
from tests.grader_helpers import SLUG, cell_of, notebook, save


def text_of(executed, index):
    return "".join(o.get("text", "") for o in executed.notebook.cells[index].outputs)


def test_cells_run_in_another_process():
    """The notebook's process is not ours (their numbers may be equal), and knows nothing of our environment."""
    os.environ["AUTOGRADER_TEST_SECRET"] = "only here"
    try:
        done = execute(notebook("import os, sys; print('pytest' in sys.modules, os.environ.get('AUTOGRADER_TEST_SECRET'))"), {})
    finally:
        del os.environ["AUTOGRADER_TEST_SECRET"]
    assert text_of(done, 0).split() == ["False", "None"]


def test_a_lost_kernel_costs_its_cell():
    """After a time-out and after a crash the next cells run, with what came before them in place."""
    done = execute(notebook("x = 1", "while True: pass", "y = x + 1", "import os; os._exit(3)", "print(x + y)"), {}, cell_seconds=4)
    assert dict(done.endings) == {1: "timeout", 3: "crashed"}
    assert text_of(done, 4) == "3\n"


def test_a_loop_that_catches_everything_ends_too():
    """A cell that swallows KeyboardInterrupt is killed like any other."""
    done = execute(notebook("while True:\n    try:\n        while True: pass\n    except BaseException: pass", "print('on')"), {}, cell_seconds=3)
    assert dict(done.endings) == {0: "timeout"} and text_of(done, 1) == "on\n"


def test_only_harmless_outputs_are_kept():
    """HTML and JavaScript of the student's never reach the feedback page."""
    done = execute(notebook("from IPython.display import HTML, Javascript, display\ndisplay(HTML('<script>1</script>'), Javascript('1'))"), {})
    assert "script" not in json.dumps(done.notebook.cells[0].outputs).lower().replace("javascript object", "")


@pytest.mark.parametrize("tier", ["bubblewrap", "landlock"])
def test_many_outputs_are_no_trouble(tier):
    """Ten thousand outputs at once do not push out the message that the cell has ended."""
    assert kernel.MOST_QUEUED > session.MAX_MESSAGES
    many = "from IPython.display import publish_display_data\nfor i in range(10_000): publish_display_data({'text/plain': str(i)})"
    done = execute(notebook(many, "print('on')"), {}, tier=tier)
    assert not done.endings and text_of(done, 1) == "on\n"
    assert [o.data["text/plain"] for o in done.notebook.cells[0].outputs] == [str(i) for i in range(MAX_OUTPUTS)]


def test_the_submissions_own_files_are_there(tmp_path):
    """A file beside the notebook can be read, and nothing is written beside it."""
    (tmp_path / "data.txt").write_text("7")
    files = grading.files_beside(tmp_path)
    done = execute(notebook("print(open('data.txt').read()); open('new.txt', 'w').write('x')"), {}, files=files)
    assert text_of(done, 0) == "7\n" and not (tmp_path / "new.txt").exists()


@pytest.fixture(scope="module")
def troubled(tmp_path_factory):
    """One submission with every kind of trouble, graded."""
    nb = source.source_notebook(SLUG)
    trouble = {
        "forward_difference": "def forward_difference(f, x, h):\n    while True: pass",
        "central_difference": "import os\ndef central_difference(f, x, h):\n    os._exit(1)",
        "complex_step": "def complex_step(f, x, h=1e-20)\n    return 1",
        "richardson": "def richardson(f, x, h, levels):\n    print('y' * 100_000)\n    return [1, 2",
        "optimal_step": "check = print\ndef optimal_step(x, order, dtype):\n    return float('nan')",
    }
    for name, code in trouble.items():
        cell_of(nb, name).source = code
    return grading.grade_notebook(save(nb, tmp_path_factory.mktemp("t") / "x.ipynb"), cell_seconds=5)


@pytest.mark.parametrize("question, status", [
    ("forward_difference", "timeout"), ("central_difference", "crashed"), ("complex_step", "missing"), ("richardson", "missing"),
    ("optimal_step", "partial"), ("numerical_gradient", "passed"), ("directional_derivative", "passed")])
def test_trouble_costs_one_question(troubled, question, status):
    """A loop, a crash, a syntax error, a shadowed check: each has its status, the rest is scored."""
    verdict = next(v for v in troubled.verdicts if v.question == question)
    if question == "optimal_step":
        assert verdict.status in ("partial", "failed") and "nan" in verdict.report()
    else:
        assert verdict.status == status


@pytest.mark.parametrize("busy", ["while the second is asked", "while the second is defined"])
def test_what_a_question_leaves_behind_does_not_cost_the_next(tmp_path, busy):
    """The first question sets an alarm that kills the kernel during a later cell: that cell runs again."""
    nb = source.source_notebook(SLUG)
    cell_of(nb, "forward_difference").source = "import signal\ndef forward_difference(f, x, h):\n    signal.alarm(1)"
    second = cell_of(nb, "central_difference")
    if "asked" in busy:
        second.source = "import time\n" + second.source.replace("    return", "    time.sleep(0.3)\n    return")
    else:
        second.source = "import time\ntime.sleep(1.5)\n" + second.source
    graded = grading.grade_notebook(save(nb, tmp_path / "x.ipynb"))
    assert [v.status for v in graded.verdicts] == ["failed"] + ["passed"] * 6


def test_the_score_is_a_plain_float(troubled):
    """What nbgrader reads as the score is the repr of a Python float, and nothing is on stderr."""
    for cell in troubled.notebook.cells:
        if source.is_graded(cell):
            kinds = [o.output_type for o in cell.outputs]
            assert kinds == ["stream", "execute_result"] and cell.outputs[0].name == "stdout"
            assert repr(float(cell.outputs[1].data["text/plain"])) == cell.outputs[1].data["text/plain"]


def test_folders_of_killed_processes_are_swept_up(tmp_path):
    """An unlocked one that is no longer young goes; a locked, a young, a foreign one and a link stay."""
    places = {name: tmp_path / f"ag-{name:_<8}" for name in ("dead", "young", "held", "link")}
    for name, path in places.items():
        path.symlink_to(tmp_path) if name == "link" else path.mkdir()
    (tmp_path / "other").mkdir()
    (places["dead"] / "file").write_text("left")
    for path in (places["dead"], places["held"], tmp_path / "other"):
        os.utime(path, (0, 0))
    held = os.open(places["held"], os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    folders.sweep(tmp_path)
    os.close(held)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([*(places[n].name for n in ("young", "held", "link")), "other"])
