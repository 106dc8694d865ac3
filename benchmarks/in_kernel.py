"""What the test cells of the nbgrader course call: question and verdict in the student's own kernel, as is usual."""

import os

from autograder import assignment, asking, course, source, verdict, wire


def score(question: str, thing) -> float:
    """Ask a question with the hidden inputs of the benchmark, judge the answers here, return the points."""
    slug, name = assignment.split(question)
    seed = course.seed(os.environb[b"BENCHMARK_SECRET"], slug, name)
    result = verdict.judge(slug, name, wire.pack(asking.ask(slug, name, (thing,), seed)), seed)
    return float(result.scaled(source.points(slug)[name]).score)
