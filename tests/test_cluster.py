"""`--cluster`: a real scheduler and two worker processes on loopback grade as this process does."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from autograder.course import Course
from tests.class_helpers import TOY, copy_of, environment, gradebook_of, hand_in, pages_of, solution, toy_world, write_toy
from tests.grader_helpers import ROOT, autograder

WAIT_SECONDS = 60


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder, assignments, workers=2, change=None):
        self.folder, self.processes = folder, []
        self.environment = environment(assignments) | {"DASK_DISTRIBUTED__ADMIN__TICK__LIMIT": "60s"}
        self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", folder / "scheduler.json")
        for _ in range(workers):
            self.worker(change)
        self.address = self._address()

    def start(self, verb, *arguments, change=None):
        log = open(self.folder / f"{verb}-{len(self.processes)}.log", "w")
        process = subprocess.Popen([sys.executable, "-m", "distributed.cli.dask_" + verb, *map(str, arguments)], cwd=ROOT, stdout=log,
                                   stderr=log, env=self.environment | (change or {}), start_new_session=True)
        log.close()
        self.processes.append(process)
        return process

    def worker(self, change=None):
        return self.start("worker", "--scheduler-file", self.folder / "scheduler.json", "--host", "127.0.0.1", "--nthreads", "1",
                          "--no-nanny", "--no-dashboard", "--local-directory", self.folder / f"worker-{len(self.processes)}",
                          change=change)

    def _address(self):
        end = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < end:
            try:
                return json.loads((self.folder / "scheduler.json").read_text())["address"]
            except (OSError, ValueError, KeyError):
                time.sleep(0.1)
        pytest.fail(f"no scheduler after {WAIT_SECONDS} s: {(self.folder / 'scheduler-0.log').read_text()[-2000:]}")

    def close(self):
        for process in self.processes:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()


@pytest.fixture
def cluster(class_, tmp_path):
    made = []

    def make(**settings):
        (tmp_path / f"cluster{len(made)}").mkdir()
        made.append(Cluster(tmp_path / f"cluster{len(made)}", class_[2], **settings))
        return made[-1]
    yield make
    for one in made:
        one.close()


@pytest.fixture(scope="module")
def class_(tmp_path_factory):
    """A class that handed in, the same class graded here, and the assignments."""
    root = tmp_path_factory.mktemp("class")
    with toy_world(root) as (fresh, _):
        assignments = root / "assignments"
    graded = copy_of(fresh, root / "graded")
    assert grade(graded, assignments).returncode == 1
    return fresh, graded, assignments


def grade(course, assignments, *more):
    return autograder("grade", TOY, "--course-dir", course.root, *more, env=environment(assignments))


def test_the_same_grades_as_here(class_, cluster, tmp_path):
    """Gradebook, feedback and notebooks are equal; every submission ran confined."""
    fresh, graded, assignments = class_
    course = copy_of(fresh, tmp_path / "course")
    run = grade(course, assignments, "--cluster", cluster().address, "--json", "-")
    assert run.returncode == 1, run.stderr
    assert gradebook_of(course) == gradebook_of(graded) and pages_of(course) == pages_of(graded)
    assert '"sandbox": "none"' not in run.stdout and '"unchanged"' in grade(course, assignments, "--json", "-").stdout


def test_a_worker_that_dies(class_, cluster, tmp_path):
    """Its submission is graded by the other one."""
    fresh, graded, assignments = class_
    course = copy_of(fresh, tmp_path / "course")
    both = cluster()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("AUTOGRADER_ASSIGNMENTS", str(assignments))
        hand_in(course, "slow", solution(double="import time; time.sleep(0.8)\n    return 2 * x"))
    process = subprocess.Popen([sys.executable, "-m", "autograder", "grade", TOY, "--course-dir", str(course.root), "--cluster", both.address],
                               env=environment(assignments), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not (course.private / "journal.jsonl").exists() and process.poll() is None:
        time.sleep(0.01)
    os.killpg(both.processes[1].pid, signal.SIGKILL)
    said = process.communicate(timeout=120)
    assert process.returncode == 1, said
    assert len([g for g in gradebook_of(course)["grade"] if g["auto_score"] is not None]) == 2 * 6


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "127.0.0.1:1", "no such address", "tcp://", "http://127.0.0.1:1"])
def test_an_address_where_no_scheduler_is(class_, tmp_path, address):
    """One sentence with the address and how to start one; nothing is written."""
    fresh, _, assignments = class_
    course = copy_of(fresh, tmp_path / "course")
    run = grade(course, assignments, "--cluster", address)
    assert run.returncode == 2 and run.stderr.count("\n") == 1 and address in run.stderr and "dask scheduler" in run.stderr, run.stderr
    assert gradebook_of(course) == gradebook_of(fresh) and not course.autograded.exists()


def test_something_else_listens_there(class_, tmp_path):
    """A port of another program."""
    import socket

    fresh, _, assignments = class_
    course = copy_of(fresh, tmp_path / "course")
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"tcp://127.0.0.1:{other.getsockname()[1]}"
        run = grade(course, assignments, "--cluster", address)
    assert run.returncode == 2 and run.stderr.count("\n") == 1 and address in run.stderr and "dask scheduler" in run.stderr, run.stderr


def test_a_scheduler_without_workers(class_, cluster, tmp_path):
    fresh, _, assignments = class_
    course = copy_of(fresh, tmp_path / "course")
    address = cluster(workers=0).address
    run = grade(course, assignments, "--cluster", address)
    assert run.returncode == 2 and f"dask worker {address}" in run.stderr and run.stderr.count("\n") == 1, run.stderr


def test_workers_with_another_grader(class_, cluster, tmp_path):
    """A worker whose assignments differ from ours would ask other questions: refused, and said what differs."""
    fresh, _, assignments = class_
    course = copy_of(fresh, tmp_path / "course")
    other = write_toy(tmp_path / "other", "\nOne more line.\n")
    run = grade(course, assignments, "--cluster", cluster(workers=1, change={"AUTOGRADER_ASSIGNMENTS": str(other)}).address)
    assert run.returncode == 2 and "the grader with hash" in run.stderr and run.stderr.count("\n") == 1, run.stderr
    assert not course.autograded.exists()


def test_workers_without_a_sandbox(class_, cluster, tmp_path):
    """A worker that could confine nothing is refused before it runs anything."""
    fresh, _, assignments = class_
    course = copy_of(fresh, tmp_path / "course")
    run = grade(course, assignments, "--cluster", cluster(workers=1, change={"AUTOGRADER_SANDBOX": "nowhere"}).address)
    assert run.returncode == 2 and "cannot run this grader" in run.stderr and run.stderr.count("\n") == 1, run.stderr


def test_without_the_package(class_, tmp_path):
    """It names what to install."""
    fresh, _, assignments = class_
    (tmp_path / "distributed.py").write_text("raise ImportError('not here')")
    run = autograder("grade", TOY, "--course-dir", Course(fresh.root).root, "--cluster", "tcp://127.0.0.1:1",
                     env=environment(assignments) | {"PYTHONPATH": str(tmp_path)})
    assert run.returncode == 2 and "pip install distributed" in run.stderr and run.stderr.count("\n") == 1, run.stderr
