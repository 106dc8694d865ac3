"""What plain nbgrader commands run in our course directory, through nbgrader_config.py.

The same functions as `autograder grade`, so that both give the same scores.
"""

import os
from pathlib import Path

from nbconvert.exporters import Exporter, HTMLExporter
from nbformat.v4 import new_output
from nbgrader.preprocessors import CheckCellMetadata, ClearOutput, Execute, NbGraderPreprocessor
from nbgrader.validator import Validator

from autograder import course, feedback, grading, source
from autograder.sandbox import provisioner
from autograder.submission import files_beside, plain_cell
from autograder.transplant import transplant


class LayIntoSkeleton(NbGraderPreprocessor):
    """In place of nbgrader's sanitizers: the instructor's notebook with the student's code in it."""

    def preprocess(self, nb, resources):
        nb.cells = [plain_cell(c) for c in nb.cells]
        return transplant(nb, source.skeleton(resources["nbgrader"]["assignment"])), resources


class ExecuteAndJudge(NbGraderPreprocessor):
    """In place of nbgrader's Execute: run in the sandbox, judge in this process."""

    def preprocess(self, nb, resources):
        slug = resources["nbgrader"]["assignment"]
        secret = course.Course(Path(self.config.CourseDirectory.root)).secret()
        folder = resources.get("metadata", {}).get("path")
        graded = _graded(slug, nb, secret, Path(folder) if folder else None)
        broken = [v.question for v in graded.verdicts if v.status == "not gradable"]
        if broken:
            raise RuntimeError(f"not gradable, by a fault of the grader: {', '.join(broken)}")
        return graded.notebook, resources


class ValidateOutside(Execute):
    """In place of nbgrader's Execute in `nbgrader validate`: our notebooks are judged in this process.

    The kernel is confined and knows no reference. The inputs are the public ones of practice.
    """

    def preprocess(self, nb, resources, **kwargs):
        slug = nb.metadata.get("autograder", {}).get("assignment")
        if slug is None:
            return super().preprocess(nb, resources, **kwargs)
        graded = _graded(slug, nb, course.PUBLIC, Path.cwd())
        reports = {v.question: v.report() for v in graded.verdicts if v.score < v.points}
        for cell in graded.notebook.cells:
            asked = source.question_of(cell) if source.is_graded(cell) else None
            if asked and asked[1] in reports:       # nbgrader shows errors only
                cell.outputs.append(new_output("error", ename="NotRight", evalue="", traceback=[reports[asked[1]]]))
        return graded.notebook, resources


class FeedbackExporter(HTMLExporter):
    """In place of nbgrader's page in `nbgrader generate_feedback`: ours, where our verdicts are in the notebook."""

    def from_notebook_node(self, nb, resources=None, **kwargs):
        if not any("autograder" in cell.metadata for cell in nb.cells):
            return super().from_notebook_node(nb, resources, **kwargs)
        prepared, resources = Exporter.from_notebook_node(self, nb, resources, **kwargs)      # with nbgrader's GetGrades
        known = resources["nbgrader"]
        marked = {source.grade_id(c): c.metadata["nbgrader"] for c in prepared.cells if source.grade_id(c)}
        marks = feedback.Marks({i: m["score"] for i, m in marked.items() if "score" in m},
                               {i: m["comment"] for i, m in marked.items() if m.get("comment")}, known["late_penalty"])
        return feedback.page(nb, feedback.contents(nb, known["student"], marks)), resources


def install() -> None:
    """Confine what nbgrader starts from here on, and judge outside when it validates."""
    provisioner.register()
    os.environ.setdefault("JUPYTER_DEFAULT_PROVISIONER_NAME", provisioner.NAME)
    Validator.preprocessors = [CheckCellMetadata, ClearOutput, ValidateOutside]      # nbgrader has no setting for these


def _graded(slug: str, nb, secret: bytes, folder: Path | None) -> grading.Graded:
    work = grading.Work(slug, nb, grading.seeds(nb, secret), files_beside(folder) if folder else {})
    return grading.judge(slug, work.execute(), secret)
