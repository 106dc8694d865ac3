"""What the build knows of all quizzes together: whether their answers hold, and the page that lists them.

`{quiz-progress}` becomes a list of links to the chapters that have a quiz; `quiz_progress.js` makes a table of it.
"""

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.util import logging

from quiz.answers import verify
from quiz.parts import nothing, quiz, quiz_question

logger = logging.getLogger(__name__)


class quiz_progress(nodes.General, nodes.Element):
    """The list of all quizzes."""


class quiz_entry(nodes.Inline, nodes.TextElement):
    """One chapter in that list."""


class ProgressDirective(Directive):
    """`{quiz-progress}`: the list of all quizzes, what was answered, and what is due."""

    def run(self):
        return [quiz_progress()]


def job_of(question) -> dict | None:
    """Return what `answers.py` has to know of a question, or None if there is nothing to compute."""
    if question["kind"] in ("one", "several") and not question["check"]:
        return None
    return {name: question[name] for name in ("kind", "code", "check", "right", "typed", "tolerances", "line") if name in question}


def known(env) -> dict:
    """Return what is known of the pages that have a quiz, and of those that list all quizzes, by name."""
    if not hasattr(env, "course_quizzes"):
        env.course_quizzes = {"quizzes": {}, "lists": set()}
    return env.course_quizzes


def collect(app, doctree):
    """Note what a page that was read has."""
    found, docname = next(doctree.findall(quiz), None), app.env.docname
    if found is not None:
        questions = list(found.findall(quiz_question))
        known(app.env)["quizzes"][docname] = {
            "id": found["ids"][0], "keys": [question["key"] for question in questions],
            "jobs": [job for job in map(job_of, questions) if job], "verified": False}
    if next(doctree.findall(quiz_progress), None) is not None:
        known(app.env)["lists"].add(docname)


def forget(app, env, docname):
    known(env)["quizzes"].pop(docname, None)
    known(env)["lists"].discard(docname)


def merge(app, env, docnames, other):
    """Take over what another process has read."""
    known(env)["quizzes"].update({name: found for name, found in known(other)["quizzes"].items() if name in docnames})
    known(env)["lists"].update(known(other)["lists"] & set(docnames))


def verify_answers(app, env):
    """Compute the answers of pages that were read anew; warn of each that is wrong. Returns: pages to write again."""
    fresh = {name: found for name, found in sorted(known(env)["quizzes"].items()) if not found["verified"]}
    jobs = [(name, job) for name, found in fresh.items() for job in found["jobs"]]
    for found in fresh.values():
        found["verified"] = True
    for (name, job), complaint in zip(jobs, verify([job for _, job in jobs]) if jobs else []):
        if complaint:
            fresh[name]["verified"] = False
            logger.warning("the answer to this question does not hold: %s. Mend the answer or the code.", complaint,
                           location=(name, job["line"]))
    return sorted(known(env)["lists"])


def link_pages(app, doctree, docname):
    """Fill a list of all quizzes; let a quiz point to the page that has the list."""
    if app.builder.format != "html":
        return
    quizzes, lists = known(app.env)["quizzes"], sorted(known(app.env)["lists"])
    for listing in doctree.findall(quiz_progress):
        listing += nodes.bullet_list()
        for name in app.env.collect_relations():
            if name in quizzes:
                uri = f"{app.builder.get_relative_uri(docname, name)}#{quizzes[name]['id']}"
                link = nodes.reference("", app.env.titles[name].astext(), internal=True, refuri=uri)
                entry = quiz_entry("", "", link, quiz=name, keys=quizzes[name]["keys"])
                listing[0] += nodes.list_item("", nodes.paragraph("", "", entry))
    for found in doctree.findall(quiz):
        if lists:
            uri = app.builder.get_relative_uri(docname, lists[0])
            link = nodes.reference("", app.env.titles[lists[0]].astext(), internal=True, refuri=uri)
            found += nodes.paragraph("", "Your answers stay in this browser: ", link, nodes.Text("."), classes=["quiz-link"])


def add_files(app, pagename, templatename, context, doctree):
    """Load the scripts and the style on the pages that need them."""
    kinds = [kind for kind in (quiz, quiz_progress) if doctree is not None and next(doctree.findall(kind), None) is not None]
    if kinds:
        app.add_css_file("quiz.css")
        app.add_js_file("quiz_store.js", loading_method="defer")
    for kind in kinds:
        app.add_js_file(f"{kind.__name__}.js", loading_method="defer")


def visit_progress(self, node):
    self.body.append(self.starttag(node, "div", CLASS="quiz-progress"))
    self.body.append("<noscript><p>This page needs JavaScript to show what you answered; "
                     "without it, it lists the quizzes.</p></noscript>\n")


def depart_progress(self, node):
    self.body.append("</div>\n")


def visit_entry(self, node):
    self.body.append(self.starttag(node, "span", "", **{"data-quiz": node["quiz"], "data-keys": " ".join(node["keys"])}))


def depart_entry(self, node):
    self.body.append("</span>")


def setup(app):
    app.add_directive("quiz-progress", ProgressDirective)
    others = dict.fromkeys(("latex", "text", "man", "texinfo"), (nothing, nothing))
    app.add_node(quiz_progress, html=(visit_progress, depart_progress), **others)
    app.add_node(quiz_entry, html=(visit_entry, depart_entry), **others)
    app.connect("doctree-read", collect, priority=410)      # after the questions have their ids
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("env-updated", verify_answers)
    app.connect("doctree-resolved", link_pages)
    app.connect("html-page-context", add_files)
