"""The command line: arguments in, text and exit status out. `python -m autograder --help`.

Exit status: 0 all is well; 1 something could not be graded, and it says what; 2 wrong use.
"""

import argparse
import errno
import json
import os
import sys
import time
from pathlib import Path

from autograder import assignment, startup
from autograder.errors import UserError


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="autograder", description="Hand out, check and grade the course's assignments.")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")

    handout = verbs.add_parser("handout", help="build the students' notebooks", description=(
        "Build source/<slug>/<slug>.ipynb and release/<slug>/<slug>.ipynb in the course directory."))
    handout.add_argument("slugs", nargs="*", metavar="SLUG", help="the assignments to build (default: all)")
    _course_dir(handout)

    check = verbs.add_parser("check", help="grade one notebook and print the verdict", description=(
        "Grade one notebook, without a gradebook. In a course directory the hidden inputs of the course are used, "
        "elsewhere public ones."))
    check.add_argument("notebook", metavar="NOTEBOOK", type=Path)
    check.add_argument("--json", metavar="FILE", help="write the verdict as JSON; - prints it and nothing else")
    check.add_argument("--seconds", type=_positive, default=None, metavar="N", help="wall time for one cell (default: 30)")
    _unsafe(check)
    _course_dir(check)

    grade = verbs.add_parser("grade", help="grade a class", description=(
        "Grade everything in submitted/<student>/<slug>/ that changed since last time; write gradebook and feedback."))
    grade.add_argument("slug", metavar="SLUG")
    grade.add_argument("--student", nargs="+", default=[], metavar="ID", help="only these students")
    grade.add_argument("--workers", type=_positive, default=os.cpu_count() or 1, metavar="N",
                       help="submissions that run at the same time (default: the number of cores)")
    grade.add_argument("--cluster", metavar="ADDRESS", help="run the submissions on the workers of this dask scheduler")
    grade.add_argument("--dry-run", action="store_true", help="write nothing; print whose score would change")
    grade.add_argument("--json", metavar="FILE", help="write the results as JSON; - prints them and nothing else")
    grade.add_argument("--seconds", type=_positive, default=None, metavar="N", help="wall time for one cell (default: 30)")
    _unsafe(grade)
    _course_dir(grade)

    collect = verbs.add_parser("collect", help="take in what students handed in", description=(
        "Put notebooks, zips of them (also the bulk downloads of Canvas and Moodle) and folders of both into "
        "submitted/<student>/<slug>/. The newest of a student counts; what is refused is named and left where it is."))
    collect.add_argument("paths", metavar="FILE|FOLDER", nargs="+", type=Path)
    collect.add_argument("--assignment", metavar="SLUG", help="what all of them are of (default: each says it itself)")
    collect.add_argument("--pattern", metavar="REGEX", help=(
        "whose a file is, by its path: a regular expression with the group (?P<student_id>...) "
        "(default: the notebook's stamp, then the names that Canvas and Moodle give)"))
    collect.add_argument("--dry-run", action="store_true", help="write nothing; print what would become of each file")
    collect.add_argument("--json", metavar="FILE", help="write the results as JSON; - prints them and nothing else")
    _course_dir(collect)

    verbs.add_parser("doctor", help="try the sandbox", description=(
        "Print which sandbox is in force, try an escape of each kind from inside it, and list the versions."))
    return top


def _course_dir(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--course-dir", type=Path, default=Path("course"), metavar="DIR",
                      help="nbgrader's course directory (default: course/)")


def _unsafe(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--unsafe", action="store_true", help="run students' code without a sandbox, with all your rights")


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def main(argv: list[str] | None = None) -> int:
    """Run one verb; returns the exit status. Errors of use print one line on standard error."""
    arguments = parser().parse_args(argv)
    startup.quick()
    try:
        return {"handout": _handout, "check": _check, "collect": _collect, "grade": _grade, "doctor": _doctor}[arguments.verb](arguments)
    except UserError as error:
        _note(str(error))
        return 2
    except OSError as error:
        remedy = ("Make room on the disk and run the same command again; what was recorded before is safe."
                  if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else
                  "Check that it is there, and who may read and write it.")
        _note(f"{error.filename or 'a file'}: {error.strerror or error}. {remedy}")
        return 2
    except KeyboardInterrupt:
        _note("interrupted. What was graded is recorded; the same command goes on.")
        return 130


def _handout(arguments: argparse.Namespace) -> int:
    from autograder import handout
    from autograder.course import Course

    course = Course(arguments.course_dir)
    for slug in arguments.slugs:
        assignment.folder(slug)
    for slug in arguments.slugs or assignment.slugs():
        print(handout.hand_out(course, slug))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from autograder import execute, grading
    from autograder.course import PUBLIC, Course

    tier = _tier(arguments)
    execute.prepare(tier)               # it warms up while the rest is imported
    course = Course(arguments.course_dir)
    secret = course.secret() if (course.private / "secret").exists() else PUBLIC
    _progress(f"running {arguments.notebook} …", arguments)
    graded = grading.grade_notebook(arguments.notebook, secret, tier=tier, **_seconds(arguments))
    _progress("", arguments)
    _write_json(arguments.json, graded.as_dict())
    if arguments.json != "-":
        for v in graded.verdicts:
            print(f"{v.report()}  [{v.score:g} of {v.points:g} points]" if v.status == "passed" else
                  f"{v.report()}\n    [{v.score:g} of {v.points:g} points]")
        print(f"\n{graded.assignment}: {graded.score:g} of {graded.max_score:g} points")
    broken = [v for v in graded.verdicts if v.status == "not gradable"]
    return 1 if broken else 0


def _collect(arguments: argparse.Namespace) -> int:
    from autograder import collect
    from autograder.course import Course

    rows = collect.collect(Course(arguments.course_dir), arguments.paths, arguments.assignment, arguments.pattern,
                           arguments.dry_run, lambda row: _progress(row.file[-70:], arguments), _note)
    _progress("", arguments)
    if arguments.json != "-":
        for row in rows:
            print(f"{row.state:<9}  {' '.join(filter(None, [row.student, row.assignment])) or '–'}  {row.file}"
                  + (f"\n           {row.said}" if row.said else ""))
        counts = {state: sum(row.state == state for row in rows) for state in collect.STATES}
        print((", ".join(f"{n} {state}" for state, n in counts.items() if n) or "no files found")
              + (" (a dry run: nothing was written)" if arguments.dry_run else ""))
    _write_json(arguments.json, [row.as_dict() for row in rows])
    return 1 if any(row.state == "refused" for row in rows) else 0


def _grade(arguments: argparse.Namespace) -> int:
    from autograder import class_report, classroom
    from autograder.course import Course

    assignment.folder(arguments.slug)
    began = time.monotonic()

    def tell(row, done, total):
        rate = 60 * done / max(1e-3, time.monotonic() - began)
        _progress(f"{done} of {total} {'=' * (24 * done // total):<24} {rate:4.0f} a minute  {row.student}", arguments)

    settings = classroom.Settings(arguments.workers, arguments.dry_run, tier=_tier(arguments), cluster=arguments.cluster,
                                  **_seconds(arguments))
    course = Course(arguments.course_dir)
    rows = classroom.grade(course, arguments.slug, arguments.student, settings, tell, _note)
    _progress("", arguments)
    if arguments.json != "-":
        print(table(rows, arguments.dry_run))
        if not arguments.dry_run:
            print(f"How the class did, by question: {class_report.path(course, arguments.slug)}")
    _write_json(arguments.json, [row.as_dict() for row in rows])
    return 1 if any(row.state == "rejected" for row in rows) else 0


def _doctor(_: argparse.Namespace) -> int:
    from autograder.sandbox import doctor

    return doctor.main()


def _tier(arguments: argparse.Namespace) -> str | None:
    """The sandbox: the best there is, or none where it is asked for so."""
    if arguments.unsafe:
        _note("--unsafe: students' code runs without a sandbox, with all your rights.")
    return "none" if arguments.unsafe else None


def table(rows, dry_run: bool = False) -> str:
    """The class as text: a line a student, what it scored, and what became of it."""
    width = max(len("student"), *(len(row.student) for row in rows))
    lines = [f"{'student':<{width}}  {'score':>12}  result"]
    for row in rows:
        score = f"{row.score:6.2f} of {row.max_score:g}" if row.score is not None else "–"
        result = row.error if row.state == "rejected" else row.state
        if dry_run and row.state == "graded":
            was = "not graded yet" if row.before is None else f"recorded: {row.before:.2f}"
            result = f"would stay ({was})" if row.before == row.score else f"would change ({was})"
        if row.sandbox == "none":
            result += ", without a sandbox"
        lines.append(f"{row.student:<{width}}  {score:>12}  {result}")
    return "\n".join(lines)


def _seconds(arguments: argparse.Namespace) -> dict:
    return {"cell_seconds": arguments.seconds} if arguments.seconds else {}


def _note(text: str) -> None:
    print(f"autograder: {text}", file=sys.stderr, flush=True)


def _progress(text: str, arguments: argparse.Namespace) -> None:
    """A line that overwrites itself, on a terminal only."""
    if sys.stderr.isatty() and arguments.json != "-":
        print(f"\r{text:<78}", end="\r" if not text else "", file=sys.stderr, flush=True)


def _write_json(file: str | None, value) -> None:
    if file == "-":
        print(json.dumps(value, indent=1))
    elif file:
        try:
            Path(file).write_text(json.dumps(value, indent=1) + "\n")
        except OSError as error:
            raise UserError(f"{file}: cannot be written ({error.strerror}).") from None
