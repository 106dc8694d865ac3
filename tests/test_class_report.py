"""The instructor's page says what happened in the class, and nothing that a page must not hold."""

import lxml.html
import pytest

from autograder import class_report, classroom, feedback
from autograder.errors import UserError
from tests.class_helpers import SCORES, TOY, hand_in, solution, toy_world

EVIL = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The toy's class, graded, with one more student whose answers are markup."""
    with toy_world(tmp_path_factory.mktemp("report")) as (course, _):
        hand_in(course, "zoe", solution(double=f"return '{EVIL}'", square=f"raise KeyError('{EVIL}')"))
        classroom.grade(course, TOY)
        text = class_report.path(course, TOY).read_text(encoding="utf-8")
        yield course, text, lxml.html.fromstring(text)


def test_it_counts_who_solved_what(graded):
    """Per question: how many of the graded submissions got all points, the mean, and the commonest failure."""
    rows = graded[2].xpath("//table[1]/tbody/tr")
    cells = {r.xpath("string(th)"): [" ".join(td.xpath("string()").split()) for td in r.xpath("td")] for r in rows}
    assert list(cells) == ["double", "square"]
    # zoe and eve have nothing; bob has square only, fay double only, ada and gus both.
    assert cells["double"][0] == "3 of 6 (1 without an answer)" and cells["square"][0] == "3 of 6 (1 without an answer)"
    assert cells["double"][1] == "1 of 2" and cells["square"][1] == "1.5 of 3"
    assert "the function must return a number (1 submission" in cells["double"][3] or "(1 submission" in cells["double"][3]


def test_its_plot_has_the_scores(graded):
    """The bars and the text beside them say how many submissions lie in each tenth of the points."""
    expected = class_report.histogram([s / 5 for s in [*SCORES.values(), 0]])
    assert sum(expected) == 6 and expected[-1] == 2 and expected[0] == 2
    said = " ".join(graded[2].xpath("string((//svg)[1]/desc)").split())
    assert said == "0 to 10 %: 2. 40 to 50 %: 1. 60 to 70 %: 1. 90 to 100 %: 2."
    heights = [float(r.get("height")) for r in graded[2].xpath("(//svg)[1]/rect")]
    assert [round(h / 60, 3) for h in heights] == [float(n) for n in expected]


def test_it_leads_to_every_students_page(graded):
    """Each graded student's feedback is linked; who cannot be graded is named."""
    course, _, page = graded
    links = page.xpath("//table[2]//a/@href")
    assert [(class_report.path(course, TOY).parent / link).resolve() for link in links] == [
        feedback.path(course, TOY, s).resolve() for s in sorted([*SCORES, "zoe"])]
    assert "cannot be read: broken" in " ".join(page.xpath("string(//p[1])").split())


def test_students_text_is_not_markup(graded, monkeypatch):
    """What a student's code answered is shown as text; the page runs and loads nothing."""
    assert not graded[2].xpath("//script | //img | //link") and "http:" not in graded[1] and "https:" not in graded[1]
    case = {"title": f"of {EVIL}", "came": f"KeyError: {EVIL}", "expected": "", "hint": ""}
    question = {"name": "double", "score": 0.0, "max_score": 2.0, "status": "failed", "summary": EVIL, "cases": [case]}
    monkeypatch.setattr(class_report, "reports", lambda *_: {"zoe": {"score": 0.0, "max_score": 5.0, "questions": [question]}})
    text = class_report.page(graded[0], TOY)
    assert EVIL not in text and text.count("&lt;script&gt;") == 2


def test_the_commonest_message_wins():
    """A message counts once a submission, and the one that most submissions got is shown with an input."""
    def failed(*hints):
        return {"name": "q", "score": 0.0, "max_score": 2.0, "status": "failed", "summary": "0 of 2 cases right.",
                "cases": [{"title": f"case {h}", "came": "1", "expected": "2", "hint": h} for h in hints]}

    answers = [failed("sign", "sign"), failed("factor"), failed("factor", "sign"), failed("sign")]
    found = {str(k): {"questions": [q]} for k, q in enumerate(answers)}
    (question,) = class_report.questions(found, {"q": 2.0})
    assert (question.failure, question.failed_so, question.example) == ("sign", 3, "case sign")
    assert question.solved == 0 and question.answered == 4 and question.counts[0] == 4


def test_nothing_graded_gives_a_page_all_the_same(graded, monkeypatch):
    """A class without a readable submission has a report without numbers."""
    monkeypatch.setattr(class_report, "reports", lambda course, slug: {})
    assert "0 graded submissions" in class_report.page(graded[0], TOY)


def test_a_report_that_cannot_be_written_says_so(graded, monkeypatch):
    """One sentence names the file, and says that the scores are safe."""
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(class_report, "write_whole", full)
    with pytest.raises(UserError, match="class_report.toy.html: .*No space left.*scores and feedback are recorded"):
        class_report.write(graded[0], TOY)
