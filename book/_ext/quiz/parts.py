"""The parts of a quiz in a document, and their HTML: forms that are complete before any script runs.

Builders other than HTML see prompts as paragraphs, choices as lists, blanks as a line to write on.
"""

import json

from docutils import nodes


class quiz(nodes.General, nodes.Element):
    """The questions of a page."""


class quiz_question(nodes.General, nodes.Element):
    """One question: prompt, further text, answers to choose from or a blank, and explanations until these are moved."""


class quiz_prompt(nodes.General, nodes.TextElement):
    """What is asked: the question's first paragraph."""


class quiz_choice(nodes.Inline, nodes.TextElement):
    """One answer to choose, inside a paragraph."""


class quiz_blank(nodes.Inline, nodes.TextElement):
    """The place where an answer is written, inside a paragraph."""


class quiz_why(nodes.General, nodes.Element):
    """The explanation of one answer, until it is moved to the end of the page."""


class quiz_answers(nodes.General, nodes.Element):
    """All explanations of a page, at its end."""


def visit_quiz(self, node):
    self.body.append(self.starttag(node, "div", CLASS="quiz", **{"data-quiz": node["docname"]}))


def depart_div(self, node):
    self.body.append("</div>\n")


def visit_question(self, node):
    about = {"data-kind": node["kind"], "data-key": node["key"], "data-right": " ".join(map(str, node["right"]))}
    if "typed" in node:
        about["data-typed"] = json.dumps(node["typed"])
        about["data-tolerances"] = json.dumps(node.get("tolerances", []))
    self.body.append(self.starttag(node, "form", CLASS="quiz-question", novalidate="", **about) + "<fieldset>\n")


def depart_question(self, node):
    self.body.append("</fieldset></form>\n")


def visit_prompt(self, node):
    self.body.append("<legend>")


def depart_prompt(self, node):
    self.body.append("</legend>\n")


def question_of(node):
    while not isinstance(node, quiz_question):
        node = node.parent
    return node


def visit_choice(self, node):
    question = question_of(node)
    kind = "radio" if question["kind"] == "one" else "checkbox"
    self.body.append(f'<label><input type="{kind}" name="{question["ids"][0]}" value="{node["number"]}"> <span>')


def depart_choice(self, node):
    self.body.append("</span></label>")


def visit_blank(self, node):
    question = question_of(node)
    number = question["kind"] == "number"
    self.body.append(f'<label>{"Your answer, a number" if number else "Your answer, what it prints"}: '
                     f'<input name="{question["ids"][0]}" autocomplete="off" spellcheck="false" '
                     f'{"type=number step=any" if number else "type=text autocapitalize=off"}></label>')
    raise nodes.SkipNode


def visit_answers(self, node):
    self.body.append(self.starttag(node, "div", CLASS="quiz-answers"))


def nothing(self, node):
    pass


def as_paragraph(self, node):
    self.visit_paragraph(node)


def end_paragraph(self, node):
    self.depart_paragraph(node)


def setup(app):
    others = ("latex", "text", "man", "texinfo")
    for kind, html, other in [
            (quiz, (visit_quiz, depart_div), (nothing, nothing)),
            (quiz_question, (visit_question, depart_question), (nothing, nothing)),
            (quiz_prompt, (visit_prompt, depart_prompt), (as_paragraph, end_paragraph)),
            (quiz_choice, (visit_choice, depart_choice), (nothing, nothing)),
            (quiz_blank, (visit_blank, None), (nothing, nothing)),
            (quiz_answers, (visit_answers, depart_div), (nothing, nothing))]:
        app.add_node(kind, html=html, **dict.fromkeys(others, other))
