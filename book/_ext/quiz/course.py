"""Compute the answers of all quizzes of the course, without building the site.

    python -m quiz.course [PYTHON]          with the JAX of another Python, if one is named; run it in book/_ext
"""

import sys
from pathlib import Path

from docutils.core import publish_doctree
from docutils.parsers.rst import directives
from myst_parser.parsers.docutils_ import Parser

from quiz.answers import verify
from quiz.directives import QuestionDirective, QuizDirective
from quiz.parts import quiz_question
from quiz.progress import job_of


def questions_of(text: str) -> list:
    """Return the questions of a page's text, read by itself: no site is built, and links lead nowhere."""
    directives.register_directive("quiz", QuizDirective)
    directives.register_directive("question", QuestionDirective)
    settings = {"myst_enable_extensions": ["colon_fence", "dollarmath", "tasklist"], "report_level": 5, "halt_level": 5}
    return list(publish_doctree(text, parser=Parser(), settings_overrides=settings).findall(quiz_question))


def check_course(python: str) -> list[str]:
    """Compute the answers of all pages with another Python, and so another JAX. Returns what does not hold."""
    pages = sorted(Path(__file__).parent.parent.parent.glob("*.md"))
    jobs = [(page.name, job) for page in pages for question in questions_of(page.read_text(encoding="utf-8"))
            if (job := job_of(question))]
    complaints = verify([job for _, job in jobs], python)
    return [f"{name}:{job['line']}: {bad}" for (name, job), bad in zip(jobs, complaints) if bad]


if __name__ == "__main__":
    sys.exit("\n".join(check_course(sys.argv[1] if len(sys.argv) > 1 else sys.executable)) or None)
