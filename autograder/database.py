"""Open nbgrader's gradebook, or say in one sentence why that cannot be done."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from alembic.script import ScriptDirectory
from nbgrader.api import Assignment, Grade, Gradebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import create_engine, func, inspect, select, text
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from autograder.course import Course
from autograder.errors import UserError

CONNECT_SECONDS = 10
SAFE = "What was recorded before is safe."


@contextmanager
def opened(course: Course) -> Iterator[Session]:
    """A session on the gradebook, for writing, for the time of the block. Raises UserError.

    nbgrader's class makes tables that are missing; its own methods are not used, as they commit step by step.
    """
    with errors(course):
        check(course)
        book = Gradebook(course.db_url, course.config.CourseDirectory.get("course_id") or "default_course")
        try:
            _try_to_write(book.engine)
            with Session(book.engine, autoflush=False, expire_on_commit=False) as session:
                yield session
        finally:
            book.close()


def scores(course: Course, slug: str) -> dict[str, float]:
    """The sum of the automatic scores of each submission that has any, by student. Writes nothing. Raises UserError."""
    with errors(course), Session(check(course)) as session:
        return scores_of(session, slug)


def scores_of(session: Session, slug: str) -> dict[str, float]:
    """The same in a session that is open."""
    if not inspect(session.connection()).has_table("grade"):
        return {}
    found = session.execute(
        select(SubmittedAssignment.student_id, func.sum(Grade.auto_score)).select_from(Grade)
        .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == slug).group_by(SubmittedAssignment.student_id)).all()
    session.rollback()
    return {student: score for student, score in found if score is not None}


def check(course: Course) -> Engine:
    """An engine, after a look that the gradebook is there, whole, and has the tables of this nbgrader."""
    file, place = course.gradebook_file, _place(course)
    if file is not None and not file.exists():
        raise UserError(f"{file}: there is no gradebook. `autograder handout` makes one.")
    server = make_url(course.db_url).get_backend_name() == "postgresql"
    engine = create_engine(course.db_url, poolclass=NullPool,
                           connect_args={"connect_timeout": CONNECT_SECONDS} if server else {})
    with engine.connect() as connection:
        if file is not None and (found := connection.execute(text("PRAGMA quick_check(1)")).scalar()) != "ok":
            raise UserError(f"{place}: the gradebook is damaged ({found}). Put a copy of it in its place, or move it away, run "
                            "`autograder handout`, and grade again.")
        if not inspect(connection).has_table("alembic_version"):
            return engine               # empty: nbgrader makes its tables
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    script = ScriptDirectory(ALEMBIC_DIR)
    if revision != script.get_current_head():
        if revision in {s.revision for s in script.walk_revisions()}:
            raise UserError(f"{place}: the gradebook was made by an older nbgrader. Make a copy of it, and run "
                            "`nbgrader db upgrade` in the course directory.")
        raise UserError(f"{place}: the gradebook was made by a newer nbgrader (its tables are of revision {revision}). "
                        "Install that nbgrader, or newer.")
    return engine


def _try_to_write(engine: Engine) -> None:
    """SQLite says only when something is written whether it may be; what this writes is there already."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute(f"PRAGMA user_version = {cursor.execute('PRAGMA user_version').fetchone()[0]}")
            connection.rollback()
        finally:
            connection.close()


def _find_alembic() -> None:
    """Put this interpreter's programs on the PATH: nbgrader starts `alembic` by its name when it makes a gradebook."""
    beside = os.path.dirname(sys.executable)
    if beside not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([beside, os.environ.get("PATH", "")])


@contextmanager
def errors(course: Course) -> Iterator[None]:
    """Turn what a database raises into one sentence with a remedy."""
    _find_alembic()
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name not in ("psycopg2", "psycopg", "asyncpg", "pg8000", "MySQLdb", "pymysql"):
            raise
        package = {"psycopg2": "psycopg2-binary", "psycopg": '"psycopg[binary]"', "MySQLdb": "mysqlclient"}.get(error.name, error.name)
        raise UserError(f"{_place(course)}: this gradebook needs a package that is not installed: pip install {package}.") from None
    except (SQLAlchemyError, sqlite3.Error) as error:
        reason = (str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__])[0]
        raise UserError(f"{_place(course)}: the gradebook cannot be used ({reason}). {_remedy(course, reason)} {SAFE}") from None


def _remedy(course: Course, reason: str) -> str:
    if course.gradebook_file is None:
        return "Is the server running, and c.CourseDirectory.db_url in nbgrader_config.py right?"
    if "not a database" in reason or "malformed" in reason:
        return "Put a copy of it in its place, or move it away, run `autograder handout`, and grade again."
    if "full" in reason or "disk I/O" in reason:
        return "Make room on the disk and run the same command again."
    if "locked" in reason:
        return "Another program writes to it: end that, and run the same command again."
    return "Is it yours to read and write, and its folder too?"


def _place(course: Course) -> str:
    """The gradebook as a person knows it, without a password."""
    try:
        return str(course.gradebook_file or make_url(course.db_url).render_as_string(hide_password=True))
    except SQLAlchemyError:
        return "c.CourseDirectory.db_url in nbgrader_config.py"
