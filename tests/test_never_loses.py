"""Whatever happens while a class is graded, the next run ends as an undisturbed one: killed, raced, torn, full, read-only."""

import json
import random
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

from autograder.course import Course
from tests.class_helpers import SCORES, TOY, bubblewrap, copy_of, gradebook_of, hand_in, pages_of, solution, toy_world, tree
from tests.grader_helpers import ROOT

ARGUMENTS = [sys.executable, "-m", "autograder", "grade", TOY, "--workers", "2"]


class Class:
    """A class that has handed in, and how it looks when it was graded without disturbance."""

    def __init__(self, root):
        with toy_world(root) as (self.fresh, self.environment):
            pass
        self.graded = copy_of(self.fresh, root / "graded")
        done = self.grade(self.graded)
        assert done.returncode == 1, done.stderr
        self.end = state(self.graded)

    def command(self, course, *more):
        return [*ARGUMENTS, "--course-dir", str(course.root), *more]

    def start(self, course, *more):
        return subprocess.Popen(self.command(course, *more), env=self.environment, cwd=ROOT, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def grade(self, course, *more):
        return subprocess.run(self.command(course, *more), env=self.environment, cwd=ROOT, text=True, capture_output=True)


@pytest.fixture(scope="module")
def class_(tmp_path_factory):
    return Class(tmp_path_factory.mktemp("class"))


@pytest.fixture(autouse=True)
def toy_alone(class_, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_ASSIGNMENTS", class_.environment["AUTOGRADER_ASSIGNMENTS"])


def state(course):
    """Gradebook, feedback and autograded notebooks, and the results in the journal."""
    results = {student: line["result"] | {"sandbox": ""} for student, line in journal(course).items()}
    for result in results.values():     # the course directory's own place is not part of it
        result["error"] = re.sub(r"\S*(?=/submitted/)", "", result.get("error", ""))
    return gradebook_of(course), pages_of(course), results


def journal(course):
    path, last = course.private / "journal.jsonl", {}
    for line in path.read_bytes().split(b"\n") if path.exists() else []:
        try:
            entry = json.loads(line)
            last[entry["student"]] = entry
        except (ValueError, TypeError, KeyError):
            continue
    return last


def test_undisturbed(class_):
    """Six submissions: five scores, and one that cannot be read."""
    assert {s: r["score"] for s, r in class_.end[2].items()} == SCORES | {"broken": None}
    assert len(class_.end[1]) == 15          # a page, its JSON and a notebook each


@pytest.mark.parametrize("number", range(20))
def test_killed_at_a_random_moment(class_, tmp_path, number):
    """SIGKILL somewhere between the start and the last line of the journal; then once more, to the end."""
    course = copy_of(class_.fresh, tmp_path / "course")
    dice = random.Random(number)
    lines, later = dice.randrange(6), dice.uniform(0, 0.4)
    process = class_.start(course)
    while len(journal(course)) < lines and process.poll() is None:
        time.sleep(0.002)
    time.sleep(later)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    between = len(journal(course))
    again = class_.grade(course)
    assert again.returncode == 1, again.stderr
    assert state(course) == class_.end, f"killed {later:.3f} s after line {lines}, when the journal had {between}"
    assert all(line["student"] in class_.end[2] for line in journal(course).values())


def test_killed_again_and_again(class_, tmp_path):
    """Each time a little later: every run goes on where the one before was, and the end is the same."""
    course = copy_of(class_.fresh, tmp_path / "course")
    for lines in range(1, 6):
        process = class_.start(course)
        while len(journal(course)) < lines and process.poll() is None:
            time.sleep(0.002)
        process.kill()
        process.communicate()
    class_.grade(course)
    assert state(course) == class_.end
    assert '"unchanged"' in class_.grade(course, "--json", "-").stdout


def test_a_killed_run_leaves_nothing_running(class_, tmp_path):
    """Its warm parent and its kernels end with it, also those that never end by themselves."""
    import psutil

    course = copy_of(class_.fresh, tmp_path / "course")
    hand_in(course, "loop", solution(double="while True: pass"))
    process = class_.start(course)
    family = set()
    while len(journal(course)) < 6 and process.poll() is None:
        family |= set(psutil.Process(process.pid).children(recursive=True))
        time.sleep(0.05)
    process.kill()
    process.communicate()
    assert family
    _, alive = psutil.wait_procs(family, timeout=10)
    assert [p for p in alive if p.status() != psutil.STATUS_ZOMBIE] == []


def test_two_at_once(class_, tmp_path):
    """The second says that it waits and for whom; then it finds nothing left to do."""
    course = copy_of(class_.fresh, tmp_path / "course")
    first = class_.start(course, "--json", "-")
    while not (course.private / "lock").exists():
        time.sleep(0.005)
    first.send_signal(signal.SIGSTOP)           # so that it cannot end before the second has come to the lock
    second = class_.start(course, "--json", "-")
    said = second.stderr.readline()
    first.send_signal(signal.SIGCONT)
    _, rows = first.communicate(), second.communicate()
    assert first.returncode == second.returncode == 1
    assert "another grade is running (" in said and "waiting" in said, said
    assert {r["student"]: r["status"] for r in json.loads(rows[0])} == dict.fromkeys(SCORES, "unchanged") | {"broken": "rejected"}
    assert state(course) == class_.end


@pytest.mark.parametrize("end", [b"", b'{"student": "gus", "assig', b"\x00\xff\n", b'[1, 2]\n{"result": 3}\n'])
def test_a_torn_journal(class_, tmp_path, end):
    """A last line cut short, or any rubbish in the file: passed over, and what it said is done again."""
    course = copy_of(class_.graded, tmp_path / "course")
    path = course.private / "journal.jsonl"
    path.write_bytes(path.read_bytes()[:-40] + end)
    assert class_.grade(course).returncode == 1
    assert state(course) == class_.end
    assert '"graded"' not in class_.grade(course, "--json", "-").stdout


@pytest.mark.parametrize("lost", ["journal.jsonl", "ada.html", "ada.ipynb"])
def test_what_was_deleted_comes_back(class_, tmp_path, lost):
    """The journal, a page, an autograded notebook."""
    course = copy_of(class_.graded, tmp_path / "course")
    {"journal.jsonl": course.private / lost, "ada.html": course.feedback / "ada" / TOY / f"{TOY}.html",
     "ada.ipynb": course.autograded / "ada" / TOY / f"{TOY}.ipynb"}[lost].unlink()
    assert class_.grade(course).returncode == 1
    assert state(course) == class_.end


def test_a_dry_run_writes_nothing(class_, tmp_path):
    """Neither where nothing was graded yet, not even a lock or a secret, nor where all was."""
    for name in ("fresh", "graded"):
        course = copy_of(getattr(class_, name), tmp_path / name)
        if name == "fresh":
            shutil.rmtree(course.private)
        hand_in(course, "ada", solution(square="return x"))
        before = tree(course.root)
        run = class_.grade(course, "--dry-run")
        assert run.returncode == 1 and ("not graded yet" if name == "fresh" else "would change (recorded: 5.00)") in run.stdout
        assert tree(course.root) == before


def test_a_feedback_folder_that_is_read_only(class_, tmp_path):
    """One sentence; the score is recorded, the gradebook whole; writable again, the same command mends it."""
    course = copy_of(class_.fresh, tmp_path / "course")
    course.feedback.mkdir()
    folder = str(course.feedback)
    locked = bubblewrap("--ro-bind", folder, folder)
    run = subprocess.run([*locked, *class_.command(course)], env=class_.environment | {"AUTOGRADER_SANDBOX": "landlock"}, cwd=ROOT,
                         text=True, capture_output=True)
    assert run.returncode == 2 and run.stderr.count("\n") == 1, run.stderr
    assert "feedback cannot be written" in run.stderr and folder in run.stderr and "score is recorded" in run.stderr
    recorded = [g for g in gradebook_of(course)["grade"] if g["auto_score"] is not None]
    assert recorded and pages_of(course).keys() <= class_.end[1].keys()
    assert class_.grade(course).returncode == 1
    assert state(course) == class_.end


FULL = """
import json, os, shutil, subprocess, sys
source, full, out, room, *command = sys.argv[1:]
shutil.copytree(source, full, dirs_exist_ok=True)
with open(full + "/ballast", "wb", buffering=0) as ballast:
    try:
        while True:
            ballast.write(bytes(4096))
    except OSError:
        pass
    ballast.truncate(max(0, ballast.tell() - int(room)))
first = subprocess.run(command, capture_output=True, text=True)
shutil.copytree(full, out + "/between", ignore=shutil.ignore_patterns("ballast"))
os.remove(full + "/ballast")
second = subprocess.run(command, capture_output=True, text=True)
shutil.copytree(full, out + "/end")
json.dump([first.returncode, first.stderr, second.returncode, second.stderr], open(out + "/runs.json", "w"))
"""


@pytest.mark.parametrize("room", [0, 8192, 60_000, 120_000])
def test_a_full_disk(class_, tmp_path, room):
    """One sentence that says so; the gradebook stays whole; with room again, the same command goes on."""
    full, out = tmp_path / "course", tmp_path / "out"
    full.mkdir()
    out.mkdir()
    command = [*bubblewrap("--size", "3000000", "--tmpfs", str(full)), sys.executable, "-c", FULL, str(class_.fresh.root), str(full),
               str(out), str(room), *class_.command(Course(full))]
    subprocess.run(command, env=class_.environment | {"AUTOGRADER_SANDBOX": "landlock"}, cwd=ROOT, check=True)
    first, said, second, _ = json.loads((out / "runs.json").read_text())
    assert first == 2 and said.count("\n") == 1 and "room on the disk" in said and str(full) in said, said
    between = Course(out / "between")
    scores = {g["notebook_id"] for g in gradebook_of(between)["grade"] if g["auto_score"] is not None}
    assert len(scores) < len(SCORES)
    assert second == 1 and state(Course(out / "end")) == class_.end
