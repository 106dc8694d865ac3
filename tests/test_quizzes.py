"""Quizzes: what an author may write, what the build refuses, and that the answers of the course hold."""

import sys

import lxml.html
import pytest
from quiz.answers import run_cell, verify, words
from quiz.course import check_course, questions_of

from tests.quiz_book import NUMBER, ONE, OUTPUT, PAGE, SEVERAL, build_book, write_book
from tests.test_site import CHAPTERS, ROOT


# ---- what an author writes

def test_the_kinds_are_read():
    """A question of each kind is read with its answers, and with an explanation for each of them."""
    found = questions_of(PAGE)
    assert [q["kind"] for q in found] == ["one", "several", "number", "output"]
    assert [q["right"] for q in found] == [[1], [0, 2], [0], [0]]
    assert [len([w for w in q.children if w.tagname == "quiz_why"]) for q in found] == [3, 3, 2, 2]
    assert found[2]["typed"] == ["12", "8"] and found[2]["tolerances"] == [0.12, 0.08]
    assert "grad(f)(1.5)" in found[3]["code"]


def test_a_key_is_of_the_question_not_of_its_explanations():
    """A question keeps its key when an explanation is mended, and gets a new one when it asks something else."""
    key = questions_of(ONE)[0]["key"]
    assert questions_of(ONE.replace("No formula is built.", "None is."))[0]["key"] == key
    assert questions_of(ONE.replace("What does", "What will"))[0]["key"] != key
    assert questions_of(ONE.replace("A formula", "A sum"))[0]["key"] != key
    assert questions_of(ONE.replace("[x]", "[ ]").replace("[ ] A number", "[x] A number"))[0]["key"] != key


def test_an_absolute_tolerance_and_none_at_all():
    """A tolerance may be a number; without one the answer is exact."""
    assert questions_of(NUMBER.replace("1%", "0.5"))[0]["tolerances"] == [0.5, 0.5]
    assert questions_of(NUMBER.replace(":tolerance: 1%\n", ""))[0]["tolerances"] == [0, 0]


# ---- what the build refuses

REFUSED = [
    (ONE, "} one", "} two", "a question is one of one, several, number, output; this one is 'two'"),
    (ONE, "[x]", "[ ]", "a question of kind one has one answer with [x]; this one has 0"),
    (ONE, "[ ] A formula", "[x] A formula", "this one has 2"),
    (SEVERAL, "[x]", "[ ]", "at least one answer with [x]; this one has 0"),
    (ONE, "\n\n  No formula is built.", "", "each answer has an explanation; this one has none: 'A formula'"),
    (ONE, "[ ] A formula", "A formula", "each answer begins with [x] or [ ]; this one does not"),
    (ONE, "- [", "- ", "this one has 0 such lists"),
    (ONE, "No formula is built.\n", "No formula is built.\n\nAnd more.\n", "1 such lists, not at its end"),
    (ONE, "What does `grad` return?\n", "", "a question is a paragraph that asks"),
    (ONE, "A formula", "A number", "the answer 'A number' cannot be told from another one"),
    (ONE, "} one\n", "} one\n:tolerance: 2\n", ":tolerance: belongs to questions of kind number"),
    (NUMBER, "[x] 12", "[x] twelve", "is a number; could not convert string to float: 'twelve'"),
    (NUMBER, ":tolerance: 1%", ":tolerance: little", "a tolerance is a number such as 0.05, or 5%; this one is 'little'"),
    (NUMBER, ":tolerance: 1%", ":tolerance: -1", "this one is '-1'"),
    (NUMBER, "[ ] 8", "[ ] 12.1", "the answer '12.1' cannot be told from another one"),
    (NUMBER, ":check: grad(lambda x: x**3)(2.0)\n", "", "needs :check:, Python that computes the answer"),
    (OUTPUT, "3.0 2.25", "2.25, 3", "the answer '2.25, 3' cannot be told from another one"),
    (OUTPUT, "```python", "```text", "put a ```python block before the answers"),
    (PAGE, "::::{quiz}\n", "::::{quiz}\nSome prose.\n\n", "a quiz holds questions only, and this one holds: 'Some prose.'"),
    (PAGE, PAGE[PAGE.index("::::{quiz}\n") + 11:PAGE.index("::::\n\n## Next")], "", "this quiz is empty"),
    (PAGE, "## Next", "::::{quiz}\n" + ONE + "::::\n\n## Next", "this page has a second quiz"),
    (SEVERAL, "== 6", "== 7", "does not hold: :check: is to be true, and is Array(False"),
    (SEVERAL, "grad(lambda x: x**2)(3.0)", "hessians(0)", ":check: raises NameError"),
    (NUMBER, "[x] 12", "[x] 12.5", "the answer marked [x] is 12.5, with tolerance 0.125, and the computed one is 12.0"),
    (NUMBER, "grad(lambda x: x**3)(2.0)", "grad", "a number was expected, and :check: gives <function grad"),
    (OUTPUT, "[x] 2.25 3.0", "[x] 2.25 3.1", "the answer marked [x] is '2.25 3.1', and the code shows '2.25 3.0'"),
]


@pytest.fixture(scope="module")
def refusals(tmp_path_factory):
    """What Sphinx says of one book that has all the wrong pages, and the line of each question, by number."""
    folder = write_book(tmp_path_factory.mktemp("wrong") / "book")
    pages = []
    for number, (source, old, new, _) in enumerate(REFUSED):
        assert old in source
        text = source.replace(old, new) if old in ("[x]", "- [") else source.replace(old, new, 1)
        text = text if source is PAGE else f"# Page\n\n::::{{quiz}}\n{text}::::\n"
        (folder / f"wrong_{number}.md").write_text(text)
        pages.append(f"wrong_{number}")
    (folder / "index.md").write_text("# Book\n\n```{toctree}\n" + "\n".join(pages) + "\nchapter\nempty\nprogress\n```\n")
    status, said, _ = build_book(folder, "dummy")
    assert status
    return said.splitlines()


@pytest.mark.parametrize("number", range(len(REFUSED)), ids=lambda n: REFUSED[n][3][:40])
def test_a_wrong_question_fails_the_build(refusals, number):
    """Each mistake is a warning that names the page, a line and what is wrong."""
    lines = [line for line in refusals if f"/wrong_{number}.md:" in line]
    assert any(REFUSED[number][3] in line for line in lines), lines
    assert all(line.split(f"/wrong_{number}.md:")[1].split(":")[0].isdigit() for line in lines)


def test_a_warning_names_the_line(tmp_path):
    """A wrong answer is reported at the line on which its question begins."""
    page = PAGE.replace("[x] 2.25 3.0", "[x] 2.25 4.0")
    status, said, _ = build_book(write_book(tmp_path / "book", page), "dummy")
    line = page.splitlines().index(":::{question} output") + 1
    assert status and f"chapter.md:{line}: WARNING" in said
    assert said.count("WARNING") == 1


def test_a_wrong_answer_is_reported_again(tmp_path):
    """A build after a failed one finds the same wrong answer, although the page was not read again."""
    folder = write_book(tmp_path / "book", PAGE.replace("[x] 2.25 3.0", "[x] 2.25 4.0"))
    assert build_book(folder, "dummy")[0] and build_book(folder, "dummy")[0]


# ---- what comes of it

def test_html_is_complete_without_scripts(tmp_path):
    """Each question is a form with a field set, a legend and labelled inputs; each answer's reason is at the end."""
    status, said, target = build_book(write_book(tmp_path / "book"))
    assert (status, said) == (0, "")
    tree = lxml.html.parse(target / "chapter.html").getroot()
    forms = tree.xpath("//form[contains(@class, 'quiz-question')]")
    assert len(forms) == 4 and all(form.xpath("./fieldset/legend") for form in forms)
    inputs = [i for form in forms for i in form.xpath(".//input")]
    assert [i.get("type") for i in inputs] == ["radio"] * 3 + ["checkbox"] * 3 + ["number", "text"]
    assert all(i.xpath("ancestor::label") for i in inputs)
    answers = tree.xpath("//div[@class='quiz-answers']")[0]
    assert [p.text_content() for p in answers.xpath("./p[strong]")] == [
        "Question 1: b", "Question 2: a, c", "Question 3: 12", "Question 4: 2.25 3.0"]
    assert len(answers.xpath(".//li")) == 10
    assert tree.text_content().index("The last words.") < tree.text_content().index("Answers to the quiz")
    assert not [i for i in tree.xpath("//@id") if tree.xpath("//@id").count(i) > 1]


@pytest.mark.parametrize("builder, result", [("text", "chapter.txt"), ("latex", "book.tex"), ("singlehtml", "index.html")])
def test_other_builders_take_quizzes(tmp_path, builder, result):
    """Plain text, LaTeX and one long page have the questions, and the reasons after the page's last words."""
    status, said, target = build_book(write_book(tmp_path / "book"), builder)
    assert (status, said) == (0, "")
    text = " ".join((target / result).read_text().split())
    places = [text.index(part) for part in ("What holds for the square", "The last words.", "The slope is twice the place.")]
    assert places == sorted(places)


# ---- running the answers

def test_a_cell_shows_what_a_notebook_shows():
    """A cell shows what it prints, then its last value, unless that is None."""
    assert run_cell("print(1)\n2 + 3", {}) == ("1\n5\n", 5)
    assert run_cell("x = 2\nprint(x)", {}) == ("2\n", None)


def test_an_error_is_an_output():
    """The answer to a question whose code raises is the error's name."""
    job = {"kind": "output", "code": "grad(lambda x: x)(3)", "check": "", "right": [0], "typed": ["TypeError"], "line": 1}
    assert verify([job, job | {"typed": ["1.0"]}]) == [
        None, "the answer marked [x] is '1.0', and the code shows 'TypeError'"]


def test_each_question_starts_afresh():
    """Neither names nor the precision of one question reach the next."""
    job = {"kind": "output", "check": "", "right": [0], "line": 1}
    first = {"code": "y = 1\njax.config.update('jax_enable_x64', True)\nprint(jnp.ones(1).dtype)", "typed": ["float64"]}
    second = {"code": "print(jnp.ones(1).dtype, 'y' in globals())", "typed": ["float32 False"]}
    assert verify([job | first, job | second]) == [None, None]


def test_outputs_are_compared_by_their_numbers_and_words():
    """Brackets, commas and the way of writing a number do not matter; order, sign and words do."""
    assert words("[2., 4.0]") == words("2 4") == words("(2,  4)") and words("1e-3 NaN") == words("0.001 nan")
    assert words("2 4") != words("4 2") and words("-2") != words("2") and words("True") != words("False")


# ---- the course

@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_has_a_quiz(chapter):
    """A chapter has four to six questions, of two kinds or more, one of which asks for a number or an output."""
    kinds = [question["kind"] for question in questions_of((ROOT / f"{chapter}.md").read_text(encoding="utf-8"))]
    assert 4 <= len(kinds) <= 6
    assert len(set(kinds)) >= 2 and {"number", "output"} & set(kinds)


def test_the_course_has_all_kinds():
    """Each kind of question is used."""
    kinds = {q["kind"] for c in CHAPTERS for q in questions_of((ROOT / f"{c}.md").read_text(encoding="utf-8"))}
    assert kinds == {"one", "several", "number", "output"}


def test_the_answers_of_the_course_hold():
    """All answers that can be computed are computed, and agree."""
    assert check_course(sys.executable) == []
