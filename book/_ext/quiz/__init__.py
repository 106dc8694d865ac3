"""Quizzes: the directives `{quiz}` and `{question}`, and what becomes of them on a page.

    ::::{quiz}
    :::{question} one
    What is the slope of $x^2$ at 3?

    - [x] 6

      The slope is $2x$.
    - [ ] 9

      That is the value.
    :::
    ::::

Each item of the list is an answer; what follows its first paragraph is its explanation. The kinds are
`one` (choose one), `several` (choose all that hold), `number` and `output` (write it; the wrong items of
the list are answers to expect). Options: `:check:` is Python that the build runs, see `answers.py`;
`:tolerance:` belongs to numbers, absolute or in percent.

In the document a question is a prompt, paragraphs, and a list of answers with letters. The explanations stand
at the end of the page, in lists with the same letters: so print, LaTeX and plain text need nothing of their own.
`parts.py` turns this into forms, and `quiz.js` scores them.
"""

from string import ascii_lowercase

from docutils import nodes
from sphinx.util import logging

from quiz import parts, progress
from quiz.directives import QuestionDirective, QuizDirective
from quiz.parts import quiz, quiz_answers, quiz_question, quiz_why

logger = logging.getLogger(__name__)
NOTE = "The answers stand at the end of this page, each with its reason."


def explanations(question):
    """Return the list of a question's explanations, taken out of it; each says first whether its answer is right."""
    found = nodes.bullet_list()
    for number, why in enumerate([part for part in question.children if isinstance(part, quiz_why)]):
        question.remove(why)
        name = nodes.literal("", question["typed"][number]) if "typed" in question else nodes.strong("", f"{ascii_lowercase[number]}.")
        opening = [name, nodes.Text(" "), nodes.strong("", "Right." if number in question["right"] else "Wrong."), nodes.Text(" ")]
        if not isinstance(why.children[0], nodes.paragraph):
            why.insert(0, nodes.paragraph())
        why.children[0].insert(0, opening)
        found += nodes.list_item("", *why.children, ids=[f"{question['ids'][0]}-why-{number}"])
    return found


def lay_out(app, doctree):
    """Number the questions of a page, name them, and move their explanations to its end."""
    docname = app.env.docname
    for repeated in list(doctree.findall(quiz))[1:]:
        logger.warning("this page has a second quiz. Put all its questions into the first one.",
                       location=(docname, repeated["line"]))
        repeated.parent.remove(repeated)
    found = next(doctree.findall(quiz), None)
    if found is None:
        return
    found["ids"], found["docname"] = [nodes.make_id(f"quiz {docname}")], docname
    answers = quiz_answers("", nodes.rubric("", "Answers to the quiz"), ids=[f"{found['ids'][0]}-answers"])
    for number, question in enumerate(found.findall(quiz_question), 1):
        question["ids"] = [f"{found['ids'][0]}-{number}"]
        question.children[0].insert(0, nodes.Text(f"{number}. "))
        right = [ascii_lowercase[n] if question["kind"] in ("one", "several") else question["typed"][n] for n in question["right"]]
        answers += nodes.paragraph("", "", nodes.strong("", f"Question {number}: {', '.join(right)}"))
        answers += explanations(question)
    found += nodes.paragraph("", NOTE, classes=["quiz-note"])
    next(doctree.findall(nodes.section), doctree).append(answers)


def setup(app):
    app.add_directive("quiz", QuizDirective)
    app.add_directive("question", QuestionDirective)
    app.connect("doctree-read", lay_out, priority=400)      # before Sphinx collects titles and links
    parts.setup(app)
    progress.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
