"""`hand_in`, the last cell of a handout: it makes the one file that a student hands in.

While grading this module is in the student's kernel and does nothing; all that it needs is imported when it works.
"""

import json
import os
from datetime import datetime, timezone

WAIT = ("This cell makes the file to hand in. Nobody can be asked for a name here: run it yourself, in Jupyter, VS Code "
        "or Colab.")


class Stopped(Exception):
    """The student left an answer empty, or said no."""


def hand_in(slug: str) -> None:
    """Ask for name and student id, and write `<slug>-<student id>.ipynb` beside the notebook.

    The file is the notebook as it is, with a stamp in its metadata. On Colab the browser downloads it.
    Prints one line where that cannot be done; never raises.

    Args: slug, the assignment, as in its notebook's name.
    """
    if os.environ.get("AUTOGRADER_ASK_ONLY"):
        return
    from autograder.errors import UserError

    try:
        print(_hand_in(slug))
    except UserError as error:
        print(f"No file was made. {error}")
    except Stopped:
        print("No file was made. Run this cell again when you want to hand in.")
    except (EOFError, NotImplementedError):     # the second is what a kernel raises that nobody sits at
        print(WAIT)
    except OSError as error:
        print(f"No file was made. {error.filename or 'The file'} cannot be written ({error.strerror or error}). "
              "Make room, or move the notebook to a folder of your own.")


def _hand_in(slug: str) -> str:
    """Make the file; returns what to say. Raises UserError, Stopped, OSError, EOFError, NotImplementedError."""
    from IPython import get_ipython

    from autograder import assignment, files, frame, outline, own_notebook, stamp
    from autograder.errors import UserError

    text, shell = assignment.text(slug), get_ipython()
    own = own_notebook.read(slug, shell.user_ns if shell else {}, shell.history_manager.input_hist_raw if shell else [])
    if waiting := outline.unanswered(text, own.sources):
        points = outline.points(text)
        print("Not written yet: " + ", ".join(f"{name} ({points[name]:g} points)" for name in waiting) + ".")
        if not _ask("Hand in all the same? (yes or no) ").lower().startswith("y"):
            raise Stopped
    name = stamp.plain(_ask("Your name: "))
    student = _student_id()
    now = datetime.now(timezone.utc)
    made = stamp.stamped(own.content, slug, stamp.Stamp(
        name, student, now, frame.package_version(), stamp.hash_sources(own.content["cells"])))
    content = json.dumps(made, indent=1) + "\n"
    if len(content) > files.MAX_NOTEBOOK:
        raise UserError(f"The notebook has more than {files.MAX_NOTEBOOK // 1_000_000} MB. Clear the outputs, save, and run "
                        "this cell again.")
    folder = own.path.parent if own.path else files.Path.cwd()
    path = folder / f"{slug}-{student}.ipynb"
    if own.path and path.resolve() == own.path.resolve():       # this is a file that was handed in before
        path = folder / f"{slug}-{student}-again.ipynb"
    files.write_whole(path, content)
    saved = f" It holds your work as {own.path.name} had it on the disk." if own.path else _download(path)
    return f"{path.name} is made, for {name} ({student}), {now:%Y-%m-%d %H:%M} UTC.{saved} Hand in this file."


def _ask(question: str) -> str:
    """The answer, which is not empty. Raises Stopped for an empty one."""
    answer = input(question).strip()
    if not answer:
        raise Stopped
    return answer


def _student_id() -> str:
    """Ask until the answer is a student id. Raises Stopped for an empty one."""
    from autograder import stamp
    from autograder.errors import UserError

    while True:
        try:
            return stamp.student_id(_ask("Your student id: "))
        except UserError as error:
            print(error)


def _download(path) -> str:
    """Offer the file to the browser, on Colab; returns what to say of it."""
    try:
        from google.colab import files

        files.download(str(path))
        return " Your browser downloads it."
    except Exception as error:
        return f" It was not downloaded ({type(error).__name__}): take it from the folder on the left."
