"""nbgrader's db_url: a real PostgreSQL server, started by the test, holds the same gradebook as SQLite."""

import glob
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder import handout
from autograder.course import Course
from tests.class_helpers import SCORES, TOY, copy_of, environment, gradebook_of, hand_in, pages_of, solution, toy_class, write_toy
from tests.grader_helpers import autograder

BINARIES = sorted(glob.glob("/usr/lib/postgresql/*/bin"))


class Server:
    """A PostgreSQL server on loopback. It refuses to be root: then it runs as nobody."""

    def __init__(self, folder: Path):
        found = BINARIES[-1] if BINARIES else os.path.dirname(shutil.which("postgres") or "")
        if not found:
            message = "there is no PostgreSQL here: apt-get install postgresql"
            pytest.fail(message, pytrace=False) if os.environ.get("CI") else pytest.skip(message)
        self.binaries, self.folder = Path(found), folder
        self.user = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.getuid() == 0 else {}
        if self.user:
            shutil.chown(folder, "nobody", "nogroup")
        self.data = folder / "data"
        self.run("initdb", "-D", self.data, "-U", "teacher", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.start()

    def run(self, name, *arguments):
        done = subprocess.run([self.binaries / name, *map(str, arguments)], cwd="/", capture_output=True, text=True, **self.user)
        assert done.returncode == 0, done.stderr + done.stdout

    def start(self):
        log = self.folder / "log"
        options = f"-c listen_addresses=127.0.0.1 -p {self.port} -k '' -c fsync=off"
        command = [self.binaries / "pg_ctl", "start", "-w", "-D", self.data, "-l", log, "-o", options]
        done = subprocess.run(list(map(str, command)), cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self.user)
        assert done.returncode == 0, log.read_text()

    def stop(self):
        self.run("pg_ctl", "stop", "-m", "immediate", "-D", self.data)

    def database(self, name):
        self.run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "teacher", name)
        return f"postgresql://teacher:secret-word@127.0.0.1:{self.port}/{name}"


@pytest.fixture(scope="module")
def server():
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))      # pytest's own are closed to nobody
    made = Server(folder)
    yield made
    made.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def assignments(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patched:
        folder = write_toy(tmp_path_factory.mktemp("toy") / "assignments")
        patched.setenv("AUTOGRADER_ASSIGNMENTS", str(folder))
        yield folder


@pytest.fixture(scope="module")
def fresh(assignments, tmp_path_factory):
    return toy_class(tmp_path_factory.mktemp("class") / "fresh")


def grade(course, assignments, *more):
    return autograder("grade", TOY, "--course-dir", course.root, *more, env=environment(assignments))


def on(course, url):
    """Let a course directory keep its gradebook there, with the toy handed out."""
    (course.root / "gradebook.db").unlink()
    with open(course.root / "nbgrader_config.py", "a") as config:
        config.write(f"c.CourseDirectory.db_url = {url!r}\n")
    course = Course(course.root)
    handout.hand_out(course, TOY)
    return course


def test_the_same_gradebook_as_sqlite(server, fresh, assignments, tmp_path):
    """Every table is equal after grading, after grading again, and after a resubmission."""
    here = copy_of(fresh, tmp_path / "here")
    there = on(copy_of(fresh, tmp_path / "there"), server.database("same"))
    for change in (None, None, "return x"):
        if change:
            for course in (here, there):
                hand_in(course, "ada", solution(square=change))
        runs = [grade(course, assignments, "--json", "-") for course in (here, there)]
        assert [r.returncode for r in runs] == [1, 1], runs
        rows = gradebook_of(here), gradebook_of(there)
        for table in rows[0].keys() - {"alembic_version"}:
            assert rows[0][table] == rows[1][table], table
        assert pages_of(here) == pages_of(there)
    assert not (there.root / "gradebook.db").exists()
    with Gradebook(there.db_url, "jax-autodiff") as book:
        assert {s.student.id: s.score for s in book.assignment_submissions(TOY)} == SCORES | {"ada": 2}


def test_nbgraders_release_step_finds_it(server, fresh, assignments, tmp_path):
    """nbgrader itself opens the same gradebook by the same address."""
    course = on(copy_of(fresh, tmp_path / "course"), server.database("nbgrader"))
    assert grade(course, assignments).returncode == 1
    shown = {s["student"]: s["score"] for s in handout.api(course).get_submissions(TOY) if s["autograded"]}
    assert shown == SCORES


def test_a_server_that_does_not_answer(server, fresh, assignments, tmp_path):
    """One sentence with the address, without the password; once it is up, the same command grades."""
    course = on(copy_of(fresh, tmp_path / "course"), server.database("away"))
    server.stop()
    try:
        run = grade(course, assignments)
    finally:
        server.start()
    assert run.returncode == 2 and run.stderr.count("\n") == 1, run.stderr
    assert f"127.0.0.1:{server.port}" in run.stderr and "server running" in run.stderr and "secret-word" not in run.stderr
    assert not course.autograded.exists() and not course.feedback.exists()
    assert grade(course, assignments).returncode == 1


def test_a_database_that_does_not_exist(server, fresh, assignments, tmp_path):
    """`handout` says so too."""
    course = copy_of(fresh, tmp_path / "course")
    with open(course.root / "nbgrader_config.py", "a") as config:
        config.write(f"c.CourseDirectory.db_url = 'postgresql://teacher@127.0.0.1:{server.port}/nowhere'\n")
    for run in (grade(course, assignments), autograder("handout", TOY, "--course-dir", course.root, env=environment(assignments))):
        assert run.returncode == 2 and "nowhere" in run.stderr and run.stderr.count("\n") == 1, run.stderr


def test_it_ends_in_the_middle(server, fresh, assignments, tmp_path):
    """The server goes while the class is graded: what was recorded is whole, and the same command goes on."""
    course = on(copy_of(fresh, tmp_path / "course"), server.database("middle"))
    hand_in(course, "zed", solution(double="import time; time.sleep(0.7)\n    return 2 * x"))
    process = subprocess.Popen([sys.executable, "-m", "autograder", "grade", TOY, "--course-dir", str(course.root), "--workers", "1"],
                              env=environment(assignments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not (course.private / "journal.jsonl").exists() and process.poll() is None:
        pass
    server.stop()
    try:
        said = process.communicate(timeout=120)[1]
    finally:
        server.start()
    assert process.returncode == 2 and "What was recorded before is safe" in said and said.count("\n") == 1, said
    assert grade(course, assignments).returncode == 1
    with Gradebook(course.db_url, "jax-autodiff") as book:
        assert {s.student.id: s.score for s in book.assignment_submissions(TOY)} == SCORES | {"zed": 5}
