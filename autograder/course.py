"""The course directory: nbgrader's folders, our secret, and the configuration that joins them.

    source/ release/ submitted/<student>/<slug>/ autograded/ feedback/ gradebook.db
    nbgrader_config.py   written by `handout`; makes plain nbgrader commands use our grader
    .autograder/         the secret that hidden seeds come from, and the journal; never share it
"""

import hashlib
import hmac
import os
import secrets
from functools import cached_property
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
c.GenerateFeedback.exporter_class = "autograder.nbgrader_hooks.FeedbackExporter"
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

    @cached_property
    def config(self):
        """The configuration that nbgrader itself would read in the course directory. Raises UserError."""
        from traitlets.config.loader import PyFileConfigLoader

        path = self.root / "nbgrader_config.py"
        try:
            config = PyFileConfigLoader(path.name, path=str(self.root)).load_config()
        except Exception as error:
            raise UserError(f"{path}: cannot be read ({type(error).__name__}: {error}). Mend it, or delete it and run "
                            "`autograder handout`.") from None
        config.CourseDirectory.root = str(self.root)
        config.CourseDirectory.db_url = self._whole(config.CourseDirectory.get("db_url") or "sqlite:///gradebook.db")
        return config

    @property
    def db_url(self) -> str:
        """Where the gradebook is: as nbgrader_config.py says, else gradebook.db here."""
        return self.config.CourseDirectory.db_url

    @property
    def gradebook_file(self) -> Path | None:
        """The gradebook's file; None where a server has it."""
        return Path(self.db_url.removeprefix("sqlite:///")) if self.db_url.startswith("sqlite:///") else None

    def _whole(self, url: str) -> str:
        """The same address, from whatever folder it is asked: nbgrader itself always runs in the course directory."""
        file = url.removeprefix("sqlite:///")
        return url if file == url or not file else f"sqlite:///{self.root / file}"

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
        if not (self.release / slug / f"{slug}.ipynb").is_file() or not (self.root / "nbgrader_config.py").is_file():
            raise UserError(f"{self.root}: '{slug}' was not handed out here. Run `autograder handout {slug}` first.")

    def secret(self, keep: bool = True) -> bytes:
        """The secret that hidden seeds come from; made once, readable by its owner only.

        keep: where there is none yet, write the new one to the disk.
        """
        path = self.private / "secret"
        if not path.exists() and not keep:
            return secrets.token_hex(32).encode()
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


def grader_version(slug: str = "*") -> str:
    """A hash of all that decides a score: the grader's own files and those of one assignment, or of all."""
    digest = hashlib.sha256()
    here, assignments = Path(__file__).resolve().parent, assignment.assignments_folder()
    for path in sorted([*here.rglob("*.py"), *here.rglob("templates/*"), *assignments.glob(f"{slug}/*.py"),
                        *assignments.glob(f"{slug}/*.md")]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
