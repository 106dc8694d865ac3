"""Each slide in a real browser: it fits the stage, its formulas are set, its code is large enough; keys work."""

from pathlib import Path

import pytest

from tests.browser.test_pages import barriers, formulas_unset
from tools.build_slides import decks

ROOT = Path(__file__).resolve().parent.parent.parent
DECKS = decks(ROOT)

# What is wrong with the slide that is shown. Sizes are those of the stage, 1280 x 720.
FAULTS = """() => {
  const slide = Reveal.getCurrentSlide(), scale = Reveal.getScale(), faults = [];
  const stage = document.querySelector(".slides").getBoundingClientRect();
  const foot = slide.querySelector(".chapter"), bottom = foot ? foot.getBoundingClientRect().top : stage.bottom - 28 * scale;
  const name = slide.querySelector("h1, h2").textContent;
  const tell = (e, what) => faults.push(`${name}: ${e.tagName} ${e.className} ${what}`);
  for (const e of slide.querySelectorAll("*")) {
    if (e.closest(".notes, .chapter, mjx-assistive-mml") || e.closest("mjx-container") && e.tagName !== "MJX-CONTAINER") continue;
    const box = e.getBoundingClientRect();
    if (!box.width) continue;
    if (box.bottom > bottom + 1) tell(e, `ends ${Math.round((box.bottom - bottom) / scale)} px too low`);
    if (box.right > stage.right + 1 || box.left < stage.left - 1) tell(e, "sticks out sideways");
    if (e.matches("section > *, .columns > *, pre, table") && e.scrollWidth > e.clientWidth + 2) tell(e, "is wider than its place");
  }
  for (const pre of slide.querySelectorAll(".cell_input pre")) {
    const style = getComputedStyle(pre), lines = pre.textContent.trimEnd().split("\\n").length;
    if (parseFloat(style.fontSize) < 20) tell(pre, `has letters of ${style.fontSize}`);
    const room = pre.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    if (room > (lines + 0.5) * parseFloat(style.lineHeight)) tell(pre, "has a line that wraps");
  }
  for (const image of slide.querySelectorAll("img"))
    if (!image.complete || !image.naturalWidth) tell(image, "is not there");
  return faults;
}"""


def start(open_page, name: str, **options):
    """Open a deck and wait until it is started and its formulas are set."""
    page = open_page(f"slides/{name}/", **options)
    page.wait_for_function("() => window.Reveal && Reveal.isReady()")
    assert formulas_unset(page) == []
    page.evaluate("() => document.fonts.ready.then(() => Promise.all([...document.images].map(i => i.decode())))")
    return page


@pytest.mark.parametrize("name", DECKS)
def test_each_slide_fits(open_page, name):
    """On every slide everything is inside the stage; code has 20 pixels and does not wrap; figures are there."""
    page = start(open_page, name, width=1280, height=720)
    count = page.evaluate("() => Reveal.getSlides().length")
    assert count >= 14
    found = []
    for number in range(count):
        page.evaluate("number => Reveal.slide(number)", number)
        found += page.evaluate(FAULTS)
    assert found == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", DECKS)
def test_a_deck_is_accessible(open_page, name, dark):
    """No slide shuts anybody out: contrast, names, structure; on each slide, since the others are hidden."""
    page = start(open_page, name, width=1280, height=720, dark=dark)
    for number in range(page.evaluate("() => Reveal.getSlides().length")):
        page.evaluate("number => Reveal.slide(number)", number)
        assert barriers(page) == []


@pytest.mark.parametrize("name", DECKS)
def test_keys_turn_the_slides(open_page, name):
    """The arrow keys go to the next slide and back; the address tells where one is."""
    page = start(open_page, name, width=1280, height=720)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => Reveal.getIndices().h === 2")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => Reveal.getIndices().h === 1 && location.hash.length > 1")


def test_the_speaker_sees_the_notes(open_page):
    """The key S opens a window with the notes of the slide."""
    page = start(open_page, "foundations", width=1280, height=720)
    page.keyboard.press("ArrowRight")
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    window = opened.value
    window.wait_for_function("() => document.querySelector('.speaker-controls-notes .value')?.textContent.includes('Jacobian')")


def test_an_address_names_a_slide(open_page):
    """The link from a chapter's page opens the chapter's slide."""
    page = open_page("book/reverse_mode.html")
    page.locator("a.later", has_text="Slides").click()
    page.wait_for_function("() => window.Reveal && Reveal.isReady()")
    assert page.evaluate("() => Reveal.getCurrentSlide().querySelector('h2').textContent").startswith("Reverse mode")


@pytest.mark.parametrize("name", DECKS)
def test_on_a_phone_a_deck_is_a_text(open_page, name):
    """On a narrow screen the slides stand one below the other, with their notes; nothing scrolls sideways."""
    page = open_page(f"slides/{name}/", width=390, height=844)
    assert formulas_unset(page) == []
    assert page.evaluate("() => [document.documentElement.scrollWidth, window.Reveal.isReady()]") == [390, False]
    assert page.locator(".notes").first.is_visible() and page.locator("section").last.is_visible()
    sizes = page.evaluate("() => [...document.querySelectorAll('section p, pre')].map(e => parseFloat(getComputedStyle(e).fontSize))")
    assert min(sizes) >= 13
    assert barriers(page) == []


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_from_a_file(site, chromium, name):
    """A deck opened from the disk works, too, and asks no host for anything."""
    page, asked = chromium.new_page(), []
    page.on("request", lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else asked.append(r.url))
    page.goto((site / "slides" / name / "index.html").as_uri())
    page.wait_for_function("() => window.Reveal && Reveal.isReady()")
    assert (formulas_unset(page), asked) == ([], [])
    page.close()


# ---- the check itself

BREAKAGES = {"low": '<div style="height: 800px; width: 9px">x</div>', "wide": '<div style="width: 1400px">x</div>',
             "small": '<div class="cell_input"><pre style="font-size: 12px">x</pre></div>',
             "wrap": f'<div class="cell_input"><pre>{"x" * 150}</pre></div>', "gone": '<img src="gone.png" width="9">'}


@pytest.mark.parametrize("broken", BREAKAGES.values(), ids=BREAKAGES)
def test_a_fault_is_noticed(open_page, broken):
    page = start(open_page, "foundations", width=1280, height=720)
    assert page.evaluate(FAULTS) == []
    page.evaluate("html => Reveal.getCurrentSlide().insertAdjacentHTML('beforeend', html)", broken)
    page.wait_for_function("() => [...document.images].every(i => i.complete)")
    assert page.evaluate(FAULTS)
    page.troubles.clear()           # the image that is not there
