"""The course directory: nbgrader's folders, our secret, and the configuration that joins them.

    source/ release/ submitted/<student>/<slug>/ autograded/ feedback/ gradebook.db
    nbgrader_config.py   written by `handout`; makes plain nbgrader commands use our grader
    .autograder/         the secret that hidden seeds come from, and the journal; never share it
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from autograder import assignment
from autograder.errors import UserError

CONFIG = '''# Written by `autograder handout`. Your own settings go below the last line of this block.
# Plain nbgrader commands, run in this folder, grade as `autograder grade` does.
import os

from autograder import nbgrader_hooks

nbgrader_hooks.install()        # kernels that run a submission are confined

c = get_config()
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))
c.CourseDirectory.course_id = "jax-autodiff"
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\\nraise NotImplementedError()"}
c.Autograde.sanitize_preprocessors = ["autograder.nbgrader_hooks.LayIntoSkeleton"]
c.Autograde.autograde_preprocessors = [
    "autograder.nbgrader_hooks.ExecuteAndJudge",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
# ---- end of the block ----
'''
PUBLIC = b"the public secret of practice runs"


class Course:
    """Paths of a course directory. Nothing is created before it is needed."""

    def __init__(self, root: Path):
        self.root = Path(root).resolve()
        self.submitted, self.autograded, self.feedback = (self.root / n for n in ("submitted", "autograded", "feedback"))
        self.release, self.source = self.root / "release", self.root / "source"
        self.private = self.root / ".autograder"
        self.db_url = f"sqlite:///{self.root / 'gradebook.db'}"

    def submission(self, student: str, slug: str) -> Path:
        return self.submitted / student / slug / f"{slug}.ipynb"

    def submissions(self, slug: str) -> dict[str, Path]:
        """The notebook of every student who has a folder for this assignment, by student."""
        return {p.parent.name: self.submission(p.parent.name, slug)
                for p in sorted(self.submitted.glob(f"*/{slug}")) if p.is_dir() and not p.parent.name.startswith(".")}

    def require_handout(self, slug: str) -> None:
        """Raise UserError unless this folder is a course directory in which `slug` was handed out."""
        if not self.root.is_dir():
            raise UserError(f"{self.root}: no such course directory. `autograder handout` makes one; "
                            "`--course-dir` names another.")
        if not (self.release / slug / f"{slug}.ipynb").is_file() or not (self.root / "gradebook.db").exists():
            raise UserError(f"{self.root}: '{slug}' was not handed out here. Run `autograder handout {slug}` first.")

    def secret(self) -> bytes:
        """The secret that hidden seeds come from; made once, readable by its owner only."""
        path = self.private / "secret"
        if not path.exists():
            self.private.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                    file.write(secrets.token_hex(32))
            except FileExistsError:
                pass
        return path.read_bytes().strip()

    def write_config(self) -> None:
        """Write nbgrader_config.py, keeping whatever the instructor added below our block."""
        path = self.root / "nbgrader_config.py"
        block, end = CONFIG, "# ---- end of the block ----\n"
        kept = path.read_text().split(end, 1)[1] if path.exists() and end in path.read_text() else ""
        self.root.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text() != block + kept:
            path.write_text(block + kept)


def seed(secret: bytes, slug: str, question: str) -> int:
    """The seed of a question under a secret: the same for every student, guessed by none."""
    return int.from_bytes(hmac.digest(secret, f"{slug}/{question}".encode(), "sha256")[:8], "big")


def grader_version() -> str:
    """A hash of all that decides a score: the grader's own code and every assignment's."""
    digest = hashlib.sha256()
    here = Path(__file__).resolve().parent
    for path in sorted([*here.rglob("*.py"), *assignment.assignments_folder().glob("*/*.py"),
                        *assignment.assignments_folder().glob("*/*.md")]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
