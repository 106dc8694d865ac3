"""Read quizzes from a page's source, and refuse in words what cannot be one."""

import hashlib
from string import ascii_lowercase

from docutils import nodes
from docutils.parsers.rst import Directive, directives

from quiz.answers import words
from quiz.parts import quiz, quiz_blank, quiz_choice, quiz_prompt, quiz_question, quiz_why

KINDS = ("one", "several", "number", "output")


class QuizDirective(Directive):
    """`{quiz}`: holds questions and nothing else."""

    has_content = True

    def run(self):
        node = quiz(line=self.lineno)
        self.state.nested_parse(self.content, self.content_offset - 1, node)      # MyST counts one line too many
        strange = [c for c in node.children if not isinstance(c, (quiz_question, nodes.system_message, nodes.comment))]
        if strange:
            raise self.error(f"a quiz holds questions only, and this one holds: {strange[0].astext()[:60]!r}. "
                             "Put it before the quiz, or into a {question}.")
        if not node.children:
            raise self.error("this quiz is empty. Put {question} directives into it.")
        return [node]


class QuestionDirective(Directive):
    """`{question} kind`: a prompt, and a task list of answers with their explanations."""

    has_content = True
    required_arguments = 1
    option_spec = {"check": directives.unchanged_required, "tolerance": directives.unchanged_required}

    def run(self):
        kind = self.arguments[0]
        if kind not in KINDS:
            raise self.error(f"a question is one of {', '.join(KINDS)}; this one is {kind!r}.")
        holder = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, holder)
        lists = [c for c in holder.children if "contains-task-list" in c.get("classes", [])] if holder.children else []
        if len(lists) != 1 or holder.children[-1] is not lists[0] or not isinstance(holder.children[0], nodes.paragraph):
            raise self.error("a question is a paragraph that asks, more if need be, and last one list of answers, each "
                             f"of which begins with [x] or [ ]; this one has {len(lists)} such lists"
                             + (", not at its end." if lists else "."))
        asked, *body = holder.children[:-1]
        answers = [self.read_answer(item) for item in lists[0].children]
        node = quiz_question(kind=kind, line=self.lineno, check=self.options.get("check", ""), tolerance=None,
                             right=[n for n, (_, _, right) in enumerate(answers) if right],
                             code="\n".join(b.astext() for b in body if is_python(b)))
        prompt = quiz_prompt("", "", *asked.children)
        node += [prompt, *body]
        texts = [text.astext().strip() for text, _, _ in answers]
        self.check_answers(node, texts)
        if kind in ("one", "several"):
            node += nodes.bullet_list("", *[
                nodes.list_item("", nodes.paragraph("", "", quiz_choice(
                    "", "", nodes.strong("", f"{letter}."), nodes.Text(" "), *text.children, number=n)))
                for n, (letter, (text, _, _)) in enumerate(zip(ascii_lowercase, answers))], classes=["quiz-choices"])
        else:
            node += nodes.paragraph("", "", quiz_blank("", "Your answer: ________"), classes=["quiz-blank"])
            node["typed"] = texts
            if kind == "number":
                node["tolerances"] = [self.tolerance(float(text)) for text in texts]
        asks = "\n".join([kind, *(part.astext() for part in node.children), *texts, str(node["right"])])
        node["key"] = hashlib.sha256(asks.encode()).hexdigest()[:12]
        node += [quiz_why("", *why) for _, why, _ in answers]
        return [node]

    def read_answer(self, item):
        """Return an answer's paragraph, its explanation and whether it is right."""
        box = item.children[0].children[0] if item.children and item.children[0].children else None
        if not isinstance(box, nodes.raw) or "task-list-item-checkbox" not in box.astext():
            raise self.error(f"each answer begins with [x] or [ ]; this one does not: {item.astext()[:60]!r}.")
        text = item.children[0]
        text.remove(box)
        if text.children and isinstance(text.children[0], nodes.Text):
            text.replace(text.children[0], nodes.Text(text.children[0].lstrip()))
        if len(item.children) < 2:
            raise self.error(f"each answer has an explanation; this one has none: {text.astext()[:60]!r}. "
                             "Write it below the answer, after an empty line, indented as far as the [.")
        return text, item.children[1:], 'checked="checked"' in box.astext()

    def tolerance(self, value: float) -> float:
        given = self.options.get("tolerance", "0").strip()
        try:
            size = float(given[:-1]) / 100 * abs(value) if given.endswith("%") else float(given)
        except ValueError:
            size = -1.0
        if not 0 <= size < float("inf"):
            raise self.error(f"a tolerance is a number such as 0.05, or 5%; this one is {given!r}.")
        return size

    def check_answers(self, node, texts):
        """Raise an error unless the answers can be told apart and the right number of them is right."""
        kind, right = node["kind"], node["right"]
        if kind == "several" and not right or kind != "several" and len(right) != 1:
            raise self.error(f"a question of kind {kind} has {'at least one' if kind == 'several' else 'one'} "
                             f"answer with [x]; this one has {len(right)}.")
        if kind in ("one", "several") and len(texts) < 2:
            raise self.error("there is nothing to choose: this question has one answer. Write two or more.")
        if kind == "output" and not node["code"]:
            raise self.error("a question of kind output shows its code: put a ```python block before the answers.")
        if kind == "number":
            try:
                values = [float(text) for text in texts]
            except ValueError as error:
                raise self.error(f"an answer to a question of kind number is a number; {error}.") from None
            if not node["code"] and not node["check"]:
                raise self.error("a question of kind number needs :check:, Python that computes the answer, or shows its code.")
            size = self.tolerance(values[right[0]])
            same = [n for n, v in enumerate(values) if n not in right and abs(v - values[right[0]]) <= size]
        elif kind == "output":
            same = [n for n, t in enumerate(texts) if n not in right and words(t) == words(texts[right[0]])]
        else:
            same = [n for n, t in enumerate(texts) if t in texts[:n]]
        if same:
            raise self.error(f"the answer {texts[same[0]]!r} cannot be told from another one of this question.")
        if kind != "number" and "tolerance" in self.options:
            raise self.error(f":tolerance: belongs to questions of kind number; this one is of kind {kind}.")


def is_python(node) -> bool:
    return isinstance(node, nodes.literal_block) and "python" in [node.get("language"), *node["classes"]]
