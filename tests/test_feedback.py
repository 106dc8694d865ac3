"""The page that a student reads: it teaches, anybody can read it, and nothing of a student's is markup in it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import lxml.html
import nbformat
import pytest

from autograder import feedback, grading, source, specimen
from autograder.course import Course
from tests.class_helpers import TOY, copy_of, hand_in, pages_of, solution, toy_world
from tests.grader_helpers import ROOT, SLUG, autograder, cell_of, save

TEMPLATE = (ROOT / "autograder" / "templates" / "feedback.html").read_text()
TAGS = {"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "strong", "table", "caption", "thead", "tbody", "tr",
        "th", "td", "a", "section", "div", "dl", "dt", "dd", "pre", "code", "span", "blockquote"}
NASTY = "</code></pre><script>alert(1)</script><img src=https://example.org/x onerror=alert(1)>{{ 7*7 }}&amp;\x1b[31m\u202e`a`"


def graded(tmp_path, **bodies):
    """A judged submission of assignment 1: a right one, with these cells in place of its own."""
    nb = specimen.fill(SLUG, specimen.all_of(SLUG, "right")[0])
    for name, text in bodies.items():
        cell_of(nb, name).source = text
    return grading.grade_notebook(save(nb, tmp_path / f"{SLUG}.ipynb"), b"secret", cell_seconds=5).notebook


def page_of(nb, student="ada", marks=feedback.Marks()):
    text = feedback.page(nb, feedback.contents(nb, student, marks))
    return text, lxml.html.fromstring(text)


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    """Right, wrong, endless, raising, and not written yet."""
    return graded(tmp_path_factory.mktemp("usual"),
                  central_difference="def central_difference(f, x, h):\n    return (f(x + h) - f(x - h)) / h",
                  richardson="def richardson(f, x, h, levels):\n    while True: pass",
                  optimal_step="def optimal_step(x, order, dtype):\n    raise KeyError('no such order')",
                  numerical_gradient="def numerical_gradient(f, x, h=None):\n    raise NotImplementedError()")


def test_it_says_what_came_what_was_expected_and_what_to_do(usual):
    """For each question: the result in words, its points, the failed input, and the student's own code."""
    text, page = page_of(usual)
    assert page.xpath("string(//h1)").startswith("Finite differences: ") and "4 of 7" not in page.xpath("string(//h1)")
    results = {r.xpath("string(th)"): r.xpath("string(td[1])") for r in page.xpath("//tbody/tr")}
    assert results["forward_difference"] == "✓ Right" and results["central_difference"] == "✗ Not right yet"
    assert results["richardson"] == "✗ Took too long" and results["numerical_gradient"] == "✗ No answer"
    section = {s.xpath("string(h2)"): s for s in page.xpath("//section")}
    wrong = section["central_difference"]
    labels = wrong.xpath(".//div[1]//dt/text()")
    assert labels[:2] == ["What came", "Expected"] and wrong.xpath(".//div[1]/h3")
    assert "return (f(x + h) - f(x - h)) / h" in wrong.xpath("string(.//pre)")
    assert "KeyError: 'no such order'" in section["optimal_step"].xpath("string(.)")
    assert "loop" in section["richardson"].xpath("string(p)")
    assert "Go on with central_difference" in text


def test_it_says_where_to_go_on(tmp_path):
    """Who has nothing but unwritten questions is not promised inputs and answers that are not there."""
    text, page = page_of(grading.grade_notebook(save(source.skeleton(SLUG), tmp_path / f"{SLUG}.ipynb"), b"secret").notebook)
    assert "0 of 7 questions are right. Go on with forward_difference: below, it says why there are no points yet." in text
    assert "which input failed" not in text and "not written yet" in page.xpath("string(//section[1])").lower()


def test_the_json_says_the_same(usual, tmp_path):
    """Beside the page, with the same scores; a person's score, comment and lateness are in both."""
    marks = feedback.Marks({"check_richardson": 3.5}, {"richardson": "Nearly: see `levels`."}, 1.25)
    path = feedback.write(Course(tmp_path), SLUG, "ada", usual, marks)
    report, page = json.loads(path.with_suffix(".json").read_text()), lxml.html.fromstring(path.read_text())
    assert path == tmp_path.resolve() / "feedback" / "ada" / SLUG / f"{SLUG}.html"
    assert report["score"] == pytest.approx(sum(q["score"] for q in report["questions"]) - 1.25)
    assert f"{round(report['score'], 2):g} of {report['max_score']:g} points" in page.xpath("string(//h1)")
    richardson = next(q for q in report["questions"] if q["name"] == "richardson")
    assert richardson["score"] == 3.5 and richardson["changed"] and richardson["comments"] == ["Nearly: see `levels`."]
    assert "1.25 points were taken off" in page.text_content() and "Nearly: see" in page.xpath("string(//blockquote)")
    assert "set by your instructor" in page.text_content()


def test_nothing_hidden_is_on_it(usual):
    """No line of the references or of the questions, no seed, no path of this machine, no output of the student's own cells."""
    text, _ = page_of(usual)
    folder = ROOT / "assignments" / SLUG
    shown = " ".join(lxml.html.fromstring(text).text_content().split())
    handout = " ".join(" ".join(c.source for c in source.skeleton(SLUG).cells).split())
    for line in [*(folder / "references.py").read_text().splitlines(), *(folder / "questions.py").read_text().splitlines()]:
        line = " ".join(line.split())
        if len(line) > 40 and line not in handout:
            assert line not in shown, line
    assert str(ROOT) not in text and "Traceback" not in text
    assert not [s for s in grading.seeds(source.source_notebook(SLUG), b"secret").values() if str(s) in text]


def test_all_that_a_student_wrote_is_text(tmp_path):
    """Markup, templates and control characters in code, messages, names and outputs stay what they are, or become a mark."""
    nb = graded(tmp_path, forward_difference=f"def forward_difference(f, x, h):\n    raise ValueError({NASTY!r})",
                complex_step=f"# {NASTY.replace(chr(27), '')}\ndef complex_step(f, x, h=1e-20):\n    return {NASTY!r}",
                richardson=f"print({NASTY!r})\nfrom IPython.display import HTML, display\ndisplay(HTML({NASTY!r}))\n"
                           f"class Odd(Exception): pass\nOdd.__name__ = {NASTY!r}\ndef richardson(*a): raise Odd({NASTY!r})")
    text, page = page_of(nb, NASTY, feedback.Marks(comments={"richardson": NASTY}))
    assert {e.tag for e in page.iter() if isinstance(e.tag, str)} <= TAGS
    attributes = {(e.tag, name) for e in page.iter() for name in e.attrib}
    assert not [a for a in attributes if a[1].startswith("on") or a[1] in ("src", "style")]
    assert all(h.startswith("#") for h in page.xpath("//@href"))
    assert "alert(1)" in page.text_content() and "{{ 7*7 }}" in page.text_content() and "49&" not in text
    assert "\x1b" not in text and "\u202e" not in text and "https://example.org" not in re.sub(r"&[a-z#0-9]+;", "", text).replace(
        "src=https://example.org/x", "")


def test_anybody_can_read_it(usual):
    """A language, one title, headings in order, table headers, results in words and not by colour alone, code by the keyboard."""
    text, page = page_of(usual)
    assert page.get("lang") == "en" and page.xpath("//meta[@name='viewport']") and page.xpath("string(//title)")
    levels = [int(h.tag[1]) for h in page.iter() if isinstance(h.tag, str) and re.fullmatch("h[1-6]", h.tag)]
    assert levels[0] == 1 and levels.count(1) == 1 and all(b - a <= 1 for a, b in zip(levels, levels[1:]))
    assert page.xpath("//table/caption") and {t.get("scope") for t in page.xpath("//th")} == {"col", "row"}
    assert all(set(e.text_content()) & set("✓✗◐") for e in page.xpath("//td[@class]") if e.get("class") != "points")
    assert all(pre.get("tabindex") == "0" and pre.get("aria-label") for pre in page.xpath("//pre"))
    identifiers = page.xpath("//@id")
    assert len(identifiers) == len(set(identifiers)) and {h[1:] for h in page.xpath("//@href")} <= set(identifiers)
    assert "<script" not in text and "default-src 'none'" in text


def colours(css):
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", css))


def contrast(one, other):
    """The ratio of WCAG 2.2, relative luminance."""
    def luminance(colour):
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_colour_is_legible(mode):
    """Each colour of text has a contrast of 4.5 at least on the page and on a box."""
    light, dark = TEMPLATE.split("@media (prefers-color-scheme: dark)")
    found = colours(light) | (colours(dark) if mode == "dark" else {})
    for name in found.keys() - {"page", "box", "line"}:
        for ground in ("page", "box"):
            assert contrast(found[name], found[ground]) >= 4.5, (name, ground)


@pytest.fixture(scope="module")
def toy_graded(tmp_path_factory):
    with toy_world(tmp_path_factory.mktemp("toy")) as (course, env):
        hand_in(course, "hal", solution(double=f"return {NASTY!r}"))
    shutil.rmtree(course.submitted / "broken")
    for folder in course.submitted.iterdir():
        (folder / TOY / "timestamp.txt").write_text("2026-11-25 12:00:00 UTC\n")
        (folder / TOY / "submission_secret.txt").write_text(f"of {folder.name}")
    assert autograder("grade", TOY, "--course-dir", course.root, env=env).returncode == 0
    return course, env


def nbgrader(course, env, *arguments):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run([sys.executable, "-m", "nbgrader", *arguments], cwd=course.root, env=env | {"PATH": path}, text=True, capture_output=True)
    assert run.returncode == 0, run.stderr[-3000:]


def test_nbgraders_own_command_makes_the_same_page(toy_graded, tmp_path):
    """`nbgrader generate_feedback` in the course directory: byte for byte."""
    course = copy_of(toy_graded[0], tmp_path / "course")
    before = {k: v for k, v in pages_of(course).items() if k.endswith(".html")}
    shutil.rmtree(course.feedback)
    nbgrader(course, toy_graded[1], "generate_feedback", TOY)
    assert {k: v for k, v in pages_of(course).items() if k.endswith(".html")} == before and len(before) == 6


def test_nbgraders_release_step_finds_it(toy_graded, tmp_path):
    """`nbgrader release_feedback` puts each student's page into the exchange."""
    course = copy_of(toy_graded[0], tmp_path / "course")
    exchange = tmp_path / "exchange"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    with open(course.root / "nbgrader_config.py", "a") as config:
        config.write(f"c.Exchange.root = {str(exchange)!r}\n")
    nbgrader(course, toy_graded[1], "release_feedback", TOY)
    released = {p.read_bytes() for p in exchange.rglob("*.html")}
    assert released == {p.read_bytes() for p in course.feedback.rglob("*.html")} and len(released) == 6


def test_long_code_is_cut(tmp_path):
    """A cell of a million characters does not make a page that no browser opens."""
    nb = graded(tmp_path, forward_difference="def forward_difference(f, x, h):\n    return 0\n" + "# long\n" * 100_000)
    text, page = page_of(nb)
    assert len(text) < 200_000 and "more characters" in page.text_content()
    assert nbformat.validate(nb) is None
