"""`check`, the one function of a handout, and the half of it that runs beside the student's code.

On a student's machine `check` asks the question, judges the answers with the JAX references and
prints the verdict. While grading (AUTOGRADER_ASK_ONLY is set) it only asks and emits the answers;
the verdict is made in another process, which no line of the student's reaches.
"""

import linecache
import os
import signal
import threading
import traceback
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from autograder import assignment, guard, wire
from autograder.probe import Traced

PUBLIC_SEED = 2026


class TookTooLong(BaseException):
    """Raised in a student's code that uses up a case's time; an `except Exception` in it does not catch this."""


def check(question: str, *things: Any) -> None:
    """Ask a question of the student's functions or classes, and print the verdict.

    Args:
      question: "slug/question", as in the handout.
      things: the function or class that answers it, or several of them.
    Raises: UserError if there is no such question.
    """
    slug, name = assignment.split(question)
    if os.environ.get("AUTOGRADER_ASK_ONLY"):
        seed = int(os.environ.pop("AUTOGRADER_SEED", PUBLIC_SEED))      # told for this one question
        _emit(slug, name, wire.pack(ask(slug, name, things, seed)))
        return
    from autograder import tally, verdict

    result = verdict.judge(slug, name, wire.pack(ask(slug, name, things, PUBLIC_SEED)), PUBLIC_SEED)
    tally.remember(slug, result)
    print(result.report())


def ask(slug: str, name: str, things: tuple, seed: int) -> list:
    """Ask every case of a question; returns one encoded answer a case, in order.

    A case whose answer is an exception gives {"raised": …} with the student's own line.
    """
    cases = assignment.cases(slug, name, seed)
    if name not in assignment.hand_written(slug):
        return [_ask_one(case, things) for case in cases]
    return [_ask_guarded(case, things) for case in cases]


def _ask_one(case: assignment.Case, things: tuple) -> dict:
    try:
        with deadline(case.seconds):
            return {"value": wire.encode(case.ask(*things))}
    except (Exception, TookTooLong) as error:  # the student's exception is an answer like any other
        return {"raised": describe(error)}


@contextmanager
def deadline(seconds: float | None):
    """Raise TookTooLong in the block when this process has used so many seconds of processor time.

    Processor time, so that a busy machine takes nothing away. Only where the system has such a timer, and in the
    main thread; elsewhere the limit of the whole cell ends it.
    """
    if seconds is None or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_):
        raise TookTooLong(f"no answer after {seconds:g} seconds of computing; is a value visited again and again?")

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _ask_guarded(case: assignment.Case, things: tuple) -> dict:
    with guard.hands_only() as noticed:
        answer = _ask_one(case, things)
        what = noticed()
    # Python itself takes the hook away when an exception arises in it, as these two may; such a case earns nothing.
    if what == guard.CHANGED and answer.get("raised", {}).get("type") in ("RecursionError", "TookTooLong"):
        return answer
    return {"raised": describe(Traced(guard.MESSAGE.format(what)))} if what else answer


def attempt(trial: Callable[[], Any]) -> Any:
    """What one of several trials of a case gives; {"raised": …} for an exception, so that the others go on.

    That the cell still waits for its code is the answer of the whole case.
    """
    try:
        return trial()
    except NotImplementedError:
        raise
    except Exception as error:
        return {"raised": describe(error)}


def describe(error: BaseException) -> dict:
    """An exception as an answer: its type, its text, and the student's line where it arose."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if _is_students(f.filename)]
    line = ""
    if frames:
        last = frames[-1]
        source = linecache.getline(last.filename, last.lineno).strip()
        line = f"line {last.lineno} of {last.name}: {source}"
    try:
        text = str(error)
    except Exception:
        text = ""
    return {"type": type(error).__name__[:100], "message": text[:500], "line": line[:300],
            "kinds": [c.__name__ for c in type(error).__mro__][:8]}


def _is_students(filename: str) -> bool:
    """Whether a frame's file is a notebook cell: ipykernel names them so, IPython 7 too."""
    return "ipykernel_" in filename or filename.startswith("<ipython-input") or filename.startswith("<cell")


def _emit(slug: str, name: str, text: str) -> None:
    from IPython.display import publish_display_data

    publish_display_data({wire.MIME: {"question": f"{slug}/{name}", "answers": text},
                          "text/plain": f"answers to {slug}/{name}"})
