"""What plain `nbgrader autograde` runs in our course directory, through nbgrader_config.py.

The same functions as `autograder grade`, so that both give the same scores.
"""

from pathlib import Path

from nbgrader.preprocessors import NbGraderPreprocessor

from autograder import course, grading, source
from autograder.transplant import plain_cell, transplant


class LayIntoSkeleton(NbGraderPreprocessor):
    """In place of nbgrader's sanitizers: the instructor's notebook with the student's code in it."""

    def preprocess(self, nb, resources):
        nb.cells = [plain_cell(c) for c in nb.cells]
        return transplant(nb, source.skeleton(resources["nbgrader"]["assignment"])), resources


class ExecuteAndJudge(NbGraderPreprocessor):
    """In place of nbgrader's Execute: run in a child kernel, judge in this process."""

    def preprocess(self, nb, resources):
        slug = resources["nbgrader"]["assignment"]
        root = Path(resources["nbgrader"]["db_url"].removeprefix("sqlite:///")).parent
        secret = course.Course(root).secret()
        folder = resources.get("metadata", {}).get("path")
        files = grading.files_beside(Path(folder)) if folder else {}
        work = grading.Work(slug, nb, grading.seeds(nb, secret), files)
        graded = grading.judge(slug, work.execute(), secret)
        broken = [v.question for v in graded.verdicts if v.status == "not gradable"]
        if broken:
            raise RuntimeError(f"not gradable, by a fault of the grader: {', '.join(broken)}")
        return graded.notebook, resources
