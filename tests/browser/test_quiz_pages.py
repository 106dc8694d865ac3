"""The quizzes of the course, in the built site."""

import pytest

from tests.browser.test_pages import formulas_unset, too_wide
from tests.test_site import CHAPTERS


@pytest.mark.parametrize("name", CHAPTERS)
def test_all_answers_of_a_chapter(open_page, name):
    """All answers of a chapter can be shown, with formulas set, before and after a reload, on a narrow screen too."""
    page = open_page(f"{name}.html", width=390)
    for _ in range(2):
        assert formulas_unset(page) == []
        assert too_wide(page) == []
        for form in page.locator(".quiz-question").all():
            form.get_by_role("button", name="Show the answer").click()
            assert form.locator(".quiz-result li").count() >= 2
        page.wait_for_function("() => ![...document.querySelectorAll('.quiz-result .math')].some(m => !m.querySelector('mjx-container'))")
        page.reload()
    count = page.locator(".quiz-question").count()
    assert page.locator(".quiz-score").inner_text().startswith(f"{count} of {count} answered, 0 right")


def test_the_list_has_every_chapter(open_page):
    """The page of what to revisit lists each chapter, and each link leads to its quiz."""
    page = open_page("book/progress.html")
    links = page.locator(".quiz-table a")
    assert links.count() == len(CHAPTERS)
    links.first.click()
    page.wait_for_url("**#quiz-book-*")
    assert page.locator(":target.quiz").is_visible()
