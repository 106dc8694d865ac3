"""Quizzes and the page of what to revisit, in a real browser.

The book is the small one of `tests/quiz_book.py`, with one question of each kind; nothing is executed for it.
"""

import json
from pathlib import Path

import pytest

from tests.browser.test_pages import barriers, too_wide, turn
from tests.quiz_book import build_book, write_book

ITEM = "jax-autodiff-course.quiz.1"
WHEN = "2026-03-01T20:00:00"           # a Sunday
# By kind: what to do for a right answer and for a wrong one; the explanation that a right one and a wrong one show.
ANSWERS = {
    "one": (["A function"], ["A number"], "It takes what the function takes.", "A number comes of calling what it returns."),
    "several": (["Its slope at 3 is 6", "It has a slope everywhere"], ["Its slope at 3 is 6", "Its slope at 0 is 1"],
                "It is a polynomial.", "It is flat there."),
    "number": ("12.1", "8", "Three times the square of 2.", "That is the value."),
    "output": ("[2.25, 3]", "3 2.25", "First the value, then the slope.", "That is the wrong order."),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """The folder of the built small book."""
    status, said, target = build_book(write_book(tmp_path_factory.mktemp("quiz") / "book"))
    assert (status, said) == (0, "")
    (target / "favicon.ico").touch()            # which the browser asks for by itself
    return target


@pytest.fixture(scope="module")
def address(book, serve):
    return serve(book)


def question(page, kind):
    return page.locator(f".quiz-question[data-kind={kind}]")


def answer(form, given):
    """Give an answer by mouse, and press Check."""
    if isinstance(given, str):
        form.get_by_role("textbox").or_(form.get_by_role("spinbutton")).fill(given)
    else:
        for choice in form.locator("input[type=checkbox]").all():
            choice.uncheck()
        for text in given:
            form.get_by_label(text).check()
    form.get_by_role("button", name="Check").click()


def said(form):
    return " ".join(form.get_by_role("status").inner_text().split())


def score(page):
    return page.locator(".quiz-score").inner_text()


@pytest.mark.parametrize("kind", ANSWERS)
def test_a_right_answer(open_page, kind):
    """A right answer is called right, and every answer is explained."""
    page = open_page("chapter.html")
    form, (right, _, why, why_not) = question(page, kind), ANSWERS[kind]
    answer(form, right)
    assert said(form).startswith("Right.")
    assert why in said(form) and why_not in said(form)
    assert score(page).startswith("1 of 4 answered, 1 right at the first try.")


@pytest.mark.parametrize("kind", ANSWERS)
def test_a_wrong_answer(open_page, kind):
    """A wrong answer is called so and explained; the right one is not given away, and may follow; the first try counts."""
    page = open_page("chapter.html")
    form, (right, wrong, why, why_not) = question(page, kind), ANSWERS[kind]
    answer(form, wrong)
    assert said(form).startswith("Not right")
    assert why_not in said(form) and why not in said(form)
    answer(form, right)
    assert said(form).startswith("Right.")
    assert score(page).startswith("1 of 4 answered, 0 right at the first try.")


@pytest.mark.parametrize("kind", ANSWERS)
def test_the_answer_is_shown_when_asked_for(open_page, kind):
    """The answer and all explanations can be had without a try; that is no right answer."""
    page = open_page("chapter.html")
    form, (_, _, why, why_not) = question(page, kind), ANSWERS[kind]
    form.get_by_role("button", name="Show the answer").click()
    assert said(form).startswith("The answer is ") and why in said(form) and why_not in said(form)
    assert score(page).startswith("1 of 4 answered, 0 right")


def test_an_empty_answer_is_no_answer(open_page):
    """Check without an answer asks for one, and notes nothing."""
    page = open_page("chapter.html")
    for kind, words in (("one", "Choose an answer first."), ("number", "Type a number first"), ("output", "Type an answer first.")):
        question(page, kind).get_by_role("button", name="Check").click()
        assert said(question(page, kind)).startswith(words)
    assert score(page).startswith("0 of 4 answered")
    assert page.evaluate(f"localStorage.getItem('{ITEM}')") is None


def test_a_number_out_of_tolerance(open_page):
    """A number is right within the tolerance and wrong outside; a wrong one that nobody foresaw is called wrong, too."""
    form = question(open_page("chapter.html"), "number")
    for given, right in (("12.12", True), ("11.88", True), ("1.2e1", True), ("12.13", False), ("11.87", False), ("-12", False)):
        answer(form, given)
        assert said(form).startswith("Right." if right else "Not right."), given


def test_several_counts_the_boxes(open_page):
    """A wrong choice of several says how many boxes are right, and one right box alone is not enough."""
    form = question(open_page("chapter.html"), "several")
    answer(form, ["Its slope at 3 is 6"])
    assert said(form).startswith("Not right yet: 2 of 3 boxes are as they should be.")


def test_a_changed_answer_loses_its_verdict(open_page):
    """When the answer is changed after a check, the old verdict goes."""
    form = question(open_page("chapter.html"), "one")
    answer(form, ["A number"])
    form.get_by_label("A function").check()
    assert said(form) == "" and form.locator(".quiz-is-wrong").count() == 0


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_the_keyboard_alone(open_page):
    """Every question is answered, and the quiz begun again, without a mouse."""
    page = open_page("chapter.html")
    page.locator("#quiz-chapter input").first.focus()
    press(page, "Space", "ArrowDown", "Enter")                              # the second choice
    press(page, "Tab", "Tab", "Tab", "Space", "Tab", "Tab", "Space", "Tab", "Enter")        # past two buttons; boxes 1 and 3
    press(page, "Tab", "Tab", "1", "2", "Enter", "Tab", "Tab", "Tab")
    page.keyboard.type("2.25 3.0")
    press(page, "Enter")
    for kind in ANSWERS:
        assert said(question(page, kind)).startswith("Right."), kind
    assert score(page).startswith("4 of 4 answered, 4 right at the first try.")
    press(page, "Tab", "Tab", "Tab", "Enter")                               # Check, Show the answer, Start over
    assert score(page).startswith("0 of 4 answered")
    assert page.evaluate("document.activeElement.closest('.quiz-question').dataset.kind") == "one"


def test_names_for_a_screen_reader(open_page):
    """Each question is a group named by what it asks; each input has a name; results are announced."""
    page = open_page("chapter.html")
    assert page.get_by_role("group", name="1. What does grad return?").get_by_role("radio").count() == 3
    assert page.get_by_role("group", name="2. What holds for the square?").get_by_role("checkbox", name="Its slope at 0 is 1").count() == 1
    assert page.get_by_role("group", name="3. How steep is the cube at 2?").get_by_role("spinbutton", name="Your answer, a number").count() == 1
    assert page.get_by_role("group", name="4. What does this print?").get_by_role("textbox", name="Your answer, what it prints").count() == 1
    assert page.locator(".quiz-question [role=status]").count() == 4


def test_answers_are_remembered(open_page):
    """After the page is loaded again each answer, its verdict and the score are there."""
    page = open_page("chapter.html")
    for kind, (right, wrong, _, _) in ANSWERS.items():
        answer(question(page, kind), wrong if kind in ("one", "output") else right)
    before = [said(question(page, kind)) for kind in ANSWERS]
    page.reload()
    assert [said(question(page, kind)) for kind in ANSWERS] == before
    assert question(page, "one").get_by_label("A number").is_checked()
    assert question(page, "number").get_by_role("spinbutton").input_value() == "12.1"
    assert score(page).startswith("4 of 4 answered, 2 right at the first try.")


def test_another_question_has_its_own_answer(open_page):
    """The same question in another chapter, or with another text, is not answered along."""
    page = open_page("chapter.html")
    answer(question(page, "one"), ["A function"])
    page.goto(page.url.replace("chapter", "empty"))
    assert score(page).startswith("0 of 1 answered")
    names = page.evaluate(f"Object.keys(JSON.parse(localStorage.getItem('{ITEM}')))")
    assert len(names) == 1 and names[0].startswith("chapter/") and len(names[0]) == len("chapter/") + 12


def at(page, when, path):
    """Turn the browser's clock and load a page of the book."""
    page.clock.set_fixed_time(when)
    page.goto(page.url.rsplit("/", 1)[0] + "/" + path)


def row(page, chapter="Chapter"):
    cells = page.get_by_role("row").filter(has=page.get_by_role("link", name=chapter, exact=True)).locator("td").all_inner_texts()
    return cells[:4]


def test_a_question_comes_back(open_page):
    """A question that is answered right each time is due after one, three and seven days, and then settled."""
    page = open_page("empty.html")
    at(page, WHEN, "empty.html")
    answer(question(page, "one"), ["A function"])
    for due, due_text, following in (("2026-03-02", "2 Mar 2026", "5 Mar 2026"), ("2026-03-05", "5 Mar 2026", "12 Mar 2026"),
                                     ("2026-03-12", "12 Mar 2026", "settled")):
        at(page, WHEN, "progress.html")
        assert row(page, "Second chapter")[0] == "1 of 1" and row(page, "Second chapter")[3] == due_text
        at(page, f"{due}T00:00:01", "progress.html")
        assert row(page, "Second chapter")[3] == "today: 1 question"
        assert page.locator(".quiz-due").inner_text().split("\n")[0] == "To revisit today:"
        page.locator(".quiz-due a").click()
        assert "time to ask it again" in said(question(page, "one")) and score(page).startswith("0 of 1 answered")
        answer(question(page, "one"), ["A function"])
        at(page, f"{due}T23:59:00", "progress.html")
        assert row(page, "Second chapter")[3] == following
    assert page.locator(".quiz-due").inner_text() == "Nothing is due today."


def test_a_wrong_answer_goes_back_to_one_day(open_page):
    """A wrong answer makes the question due on the next day, and the days grow from there."""
    page = open_page("empty.html")
    at(page, WHEN, "empty.html")
    answer(question(page, "one"), ["A function"])
    at(page, "2026-03-02T09:00:00", "empty.html")
    answer(question(page, "one"), ["A function"])                           # due on the 5th
    at(page, "2026-03-09T09:00:00", "empty.html")
    answer(question(page, "one"), ["A formula"])
    answer(question(page, "one"), ["A function"])                           # a second try changes nothing
    at(page, "2026-03-09T10:00:00", "progress.html")
    assert row(page, "Second chapter") == ["1 of 1", "0", "9 Mar 2026", "10 Mar 2026"]
    at(page, "2026-03-10T10:00:00", "empty.html")
    answer(question(page, "one"), ["A function"])
    at(page, "2026-03-10T10:00:00", "progress.html")
    assert row(page, "Second chapter") == ["1 of 1", "1", "10 Mar 2026", "13 Mar 2026"]


def test_practice_does_not_make_the_days_grow(open_page):
    """Starting over before a question is due leaves its day; a wrong answer then brings it back to one day."""
    page = open_page("empty.html")
    at(page, WHEN, "empty.html")
    for _ in range(3):
        answer(question(page, "one"), ["A function"])
        page.get_by_role("button", name="Start over").click()
    at(page, WHEN, "progress.html")
    assert row(page, "Second chapter")[3] == "2 Mar 2026"
    at(page, "2026-03-02T09:00:00", "empty.html")
    answer(question(page, "one"), ["A function"])
    page.get_by_role("button", name="Start over").click()
    answer(question(page, "one"), ["A formula"])
    at(page, "2026-03-02T09:00:00", "progress.html")
    assert row(page, "Second chapter")[3] == "3 Mar 2026"


def test_the_list_without_answers(open_page):
    """Without any answer the page lists all chapters and says how to begin."""
    page = open_page("progress.html")
    assert row(page) == ["0 of 4", "–", "–", "not begun"]
    assert "not answered any question yet" in page.locator(".quiz-due").inner_text()


def test_one_chapter_is_erased(open_page):
    """Erasing one chapter's answers leaves those of the others."""
    page = open_page("chapter.html")
    answer(question(page, "one"), ["A function"])
    at(page, WHEN, "empty.html")
    answer(question(page, "one"), ["A function"])
    at(page, WHEN, "progress.html")
    page.get_by_role("button", name="Erase the answers to Chapter", exact=True).click()
    assert row(page)[0] == "0 of 4" and row(page, "Second chapter")[0] == "1 of 1"
    assert "are erased" in page.locator(".quiz-said").inner_text()
    assert page.evaluate("document.activeElement.textContent") == "Chapter"


def test_all_is_erased(open_page):
    """Erasing everything asks first, and leaves nothing in the browser."""
    page = open_page("chapter.html")
    answer(question(page, "one"), ["A function"])
    at(page, WHEN, "progress.html")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Erase all answers").click()
    assert row(page)[0] == "1 of 4"
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Erase all answers").click()
    assert row(page)[0] == "0 of 4"
    assert page.evaluate("localStorage.length - Object.keys(localStorage).filter(k => !k.includes('quiz')).length") == 0


def test_answers_travel_in_a_file(open_page, tmp_path):
    """What one browser saves another one reads; a file that holds something else is refused in words."""
    page = open_page("chapter.html")
    answer(question(page, "one"), ["A function"])
    at(page, WHEN, "progress.html")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    saved = tmp_path / "answers.json"
    download.value.save_as(saved)
    assert len(json.loads(saved.read_text())) == 1
    other = open_page("progress.html")
    other.locator("input[type=file]").set_input_files(saved)
    other.get_by_text("Read the answers to 1 question.").wait_for()
    assert row(other)[0] == "1 of 4"
    for text in ("[1, 2]", "no answers", "null"):
        saved.write_text(text)
        other.locator("input[type=file]").set_input_files([])
        other.locator("input[type=file]").set_input_files(saved)
        other.get_by_text("This file holds no answers.").wait_for()
        assert row(other)[0] == "1 of 4"


@pytest.mark.parametrize("stored", ["{", "[]", "null", '{"chapter/x": 3}', '{"chapter/x": {"day": "never", "step": 9}}'])
def test_spoilt_storage_is_no_trouble(open_page, stored):
    """Whatever stands in the browser's storage, the pages work."""
    page = open_page("chapter.html")
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [ITEM, stored])
    at(page, WHEN, "progress.html")
    assert row(page)[0] == "0 of 4"
    at(page, WHEN, "chapter.html")
    answer(question(page, "one"), ["A function"])
    assert said(question(page, "one")).startswith("Right.")


def test_a_browser_that_keeps_nothing(open_page):
    """Where storage is forbidden the quiz scores all the same, and says that the answers will be gone."""
    page = open_page("index.html")
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})")
    page.goto(page.url.replace("index", "chapter"))
    answer(question(page, "one"), ["A function"])
    assert score(page) == "1 of 4 answered, 1 right at the first try. This browser keeps no answers: they are gone when you leave the page."
    page.troubles[:] = [t for t in page.troubles if "theme mode" not in t and ": no" not in t]      # the theme's own


def test_a_page_from_the_disk(chromium, book):
    """Opened as a file the quiz scores, and remembers."""
    context = chromium.new_context()
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((Path(book) / "chapter.html").as_uri())
    answer(question(page, "one"), ["A function"])
    page.goto((Path(book) / "progress.html").as_uri())
    assert row(page)[0] == "1 of 4"
    page.goto((Path(book) / "chapter.html").as_uri())
    assert said(question(page, "one")).startswith("Right.")
    context.close()
    assert errors == []


def visible_order(page):
    """Return where, from the top, the questions' last line, the page's last words and the answers stand; None if hidden."""
    return [place.bounding_box()["y"] if place.is_visible() else None for place in
            (page.locator(".quiz-question").last, page.get_by_text("The last words."), page.locator(".quiz-answers"))]


def test_print_has_the_answers_at_the_end(open_page):
    """On paper the questions stand without verdicts and buttons, and all answers with their reasons at the end."""
    page = open_page("chapter.html")
    answer(question(page, "one"), ["A number"])
    assert visible_order(page)[2] is None
    page.emulate_media(media="print")
    places = visible_order(page)
    assert None not in places and places == sorted(places)
    assert page.locator(".quiz-answers li:visible").count() == 10
    assert not page.locator(".quiz-result:visible, .quiz-button:visible, .quiz-score:visible, .quiz-link:visible").count()
    assert page.get_by_text("The answers stand at the end of this page").is_visible()


def test_without_scripts(chromium, address):
    """Without JavaScript the questions can be read, and the answers stand at the end; the other page is a list of quizzes."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/chapter.html")
    places = visible_order(page)
    assert None not in places and places == sorted(places)
    assert page.get_by_role("button", name="Check").count() == 0
    page.goto(f"{address}/progress.html")
    assert "This page needs JavaScript" in page.locator(".quiz-progress").inner_text()
    assert page.locator(".quiz-progress a").count() == 2
    context.close()


@pytest.mark.parametrize("path", ["chapter.html", "progress.html"])
def test_nobody_is_shut_out(open_page, path):
    """With right and wrong answers shown there is no barrier, in light and dark, and nothing to scroll sideways on a phone."""
    page = open_page("chapter.html")
    for kind, (right, wrong, _, _) in ANSWERS.items():
        answer(question(page, kind), wrong if kind in ("one", "number") else right)
    page.goto(page.url.replace("chapter.html", path))
    for theme in ("light", "dark"):
        turn(page, theme)
        assert barriers(page) == []
    page.troubles[:] = [trouble for trouble in page.troubles if "basic.css" not in trouble and "404" not in trouble]      # axe's own
    page.set_viewport_size({"width": 390, "height": 844})
    assert too_wide(page) == []
    assert page.evaluate("[...document.querySelectorAll('.quiz *, .quiz-progress *')].every(e => e.getBoundingClientRect().right <= 390)")
