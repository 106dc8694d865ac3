"""Formgrader's button, in a real Jupyter server that was started in the course directory and nothing else."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from tests.class_helpers import SCORES, TOY, environment, hand_in, solution, toy_class, write_toy

WAIT_SECONDS = 90


class Server:
    def __init__(self, course, env, folder):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.log = folder / "server.log"
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root", f"--port={self.port}", "--ServerApp.port_retries=0",
                 "--ServerApp.token=word", "--ServerApp.disable_check_xsrf=True",
                 "--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}"],
                cwd=course.root, env=env | {"PATH": path, "JUPYTER_CONFIG_DIR": str(folder / "config")}, stdout=log, stderr=log)

    def ask(self, where, post=False):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/{where}", headers={"Authorization": "token word"},
                                         data=b"" if post else None)
        with urllib.request.urlopen(request, timeout=120) as reply:
            return json.loads(reply.read())

    def wait(self):
        end = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            try:
                return self.ask("formgrader/api/assignments")
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.2)
        pytest.fail(self.log.read_text()[-3000:])

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def test_the_button_confines_and_judges_as_grade_does(tmp_path, monkeypatch):
    """Same scores; a submission that reads a file outside does not get it; the page that follows is ours."""
    assignments = write_toy(tmp_path / "assignments")
    monkeypatch.setenv("AUTOGRADER_ASSIGNMENTS", str(assignments))
    course = toy_class(tmp_path / "course")
    (tmp_path / "note").write_text("7")
    hand_in(course, "spy", solution(double=f"return 2 * x if open({str(tmp_path / 'note')!r}).read() else 0"))
    server = Server(course, environment(assignments), tmp_path)
    try:
        assert [a["name"] for a in server.wait()] == [TOY]
        answers = {student: server.ask(f"formgrader/api/submission/{TOY}/{student}/autograde", post=True)
                   for student in ("ada", "bob", "fay", "broken", "spy")}
        page = server.ask(f"formgrader/api/assignment/{TOY}/generate_feedback", post=True)
    finally:
        server.close()
    assert {s: a["success"] for s, a in answers.items()} == {"ada": True, "bob": True, "fay": True, "broken": False, "spy": True}, answers
    with Gradebook(course.db_url, "jax-autodiff") as book:
        scores = {s.student.id: s.score for s in book.assignment_submissions(TOY)}
    assert {s: scores[s] for s in ("ada", "bob", "fay")} == {s: SCORES[s] for s in ("ada", "bob", "fay")}
    assert scores["spy"] == 3
    assert page["success"] and "What came" in (course.feedback / "bob" / TOY / f"{TOY}.html").read_text()
