"""Every page of the site in a real browser: it loads, stays private, is readable and accessible.

Each check looks at a page that is open and returns what is wrong with it; each is tested itself, at
the end, on a page that breaks just its rule.
"""

import gzip
import json
from pathlib import Path

import pytest

from tools.summary import pages

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = [page for part in pages(ROOT / "_toc.yml").values() for page in part]
AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text(encoding="utf-8")
WEIGHT = 600_000            # bytes, compressed, that the first view of a page of text may load


def formulas_unset(page) -> list[str]:
    """Return the formulas that MathJax has not set, or could not read."""
    page.wait_for_function("() => !window.MathJax || !window.MathJax.startup || "
                           "window.MathJax.startup.promise.then(() => true)")
    return page.evaluate("""() => [
        ...[...document.querySelectorAll(".math")].filter(m => !m.querySelector("mjx-container")).map(m => m.textContent),
        ...[...document.querySelectorAll("mjx-merror, .MathJax_Error")].map(m => "error in " + m.textContent)]""")


def barriers(page) -> list[str]:
    """Return what axe-core finds serious or critical: the rule, how many, and the first element."""
    if not page.evaluate("() => !!window.axe"):
        page.evaluate(AXE)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations'], preload: false})")["violations"]
    return [f"{v['impact']}: {v['id']} ({len(v['nodes'])}): {v['nodes'][0]['html'][:200]} {v['nodes'][0]['failureSummary'][:300]}"
            for v in found if v["impact"] in ("serious", "critical")]


def too_wide(page) -> list[str]:
    """Return how far a page can be scrolled sideways, and what sticks out of it."""
    return page.evaluate("""() => {
        const wide = document.documentElement.scrollWidth, room = document.documentElement.clientWidth;
        if (wide <= room) return [];
        const out = [...document.querySelectorAll("article *")].filter(e => e.getBoundingClientRect().right > room + 1);
        return [`${wide} px wide in a window of ${room}`, ...out.slice(0, 3).map(e => e.outerHTML.slice(0, 120))];}""")


def turn(page, theme: str) -> None:
    """Switch the theme's light or dark mode, without its slow change of colours."""
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; document.documentElement.dataset.mode = theme; }",
                  theme)
    page.add_style_tag(content="*, *::before, *::after { transition: none !important; animation: none !important; }")


@pytest.mark.parametrize("name", PAGES)
def test_page(open_page, name):
    """A page loads without any trouble, from this site alone; its formulas are set; nobody is shut out."""
    page = open_page(f"{name}.html")
    assert formulas_unset(page) == []
    for theme in ("light", "dark"):
        turn(page, theme)
        assert barriers(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert too_wide(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_page_from_a_file(site, chromium, name):
    """A page opened from the disk works, too, and asks no host for anything."""
    page, asked, errors = chromium.new_page(), [], []
    page.on("request", lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else asked.append(r.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / f"{name}.html").as_uri())
    assert (formulas_unset(page), asked, errors) == ([], [], [])
    page.close()


def loaded_bytes(page, path: str, address: str) -> dict[str, int]:
    """Return what loading a page costs: each address with its bytes, texts compressed."""
    got = {}
    page.on("response", lambda r: got.setdefault(r.url, r) if r.url.startswith(address) else None)
    page.goto(f"{address}/{path}", wait_until="networkidle")
    return {url: len(r.body() if url.endswith((".woff", ".woff2", ".png")) else gzip.compress(r.body(), mtime=0))
            for url, r in got.items()}


def test_a_page_of_text_is_light(chromium, address):
    """The first view of a page without formulas stays below its budget."""
    page = chromium.new_page()
    sizes = loaded_bytes(page, "book/index.html", address)
    page.close()
    assert sum(sizes.values()) < WEIGHT, json.dumps(sizes, indent=1)


def test_search_finds_a_term(open_page):
    """The search works without a network: it finds the page that defines a term, and the hit leads there."""
    page = open_page("search.html?q=cotangent")
    hit = page.locator("ul.search a").filter(has_text="Look up a term").first
    hit.wait_for()
    hit.click()
    page.wait_for_url("**/glossary.html*")
    assert "cotangent" in page.inner_text("article").lower()


def test_search_works_from_a_file(site, chromium):
    """The search finds a page in a folder that no server serves."""
    page = chromium.new_page()
    page.goto(f"{(site / 'search.html').as_uri()}?q=cotangent")
    page.locator("ul.search a").filter(has_text="Run a program backwards").first.click()
    page.wait_for_url("**/reverse_mode.html*")
    page.close()


# ---- the checks themselves: a sound page passes, and each breakage is caught

SOUND = """<!doctype html><html lang="en"><head><title>A page</title></head><body><main><article><h1>A page</h1>
<p>Text, <span class="math"><mjx-container>x</mjx-container></span> <a href="#a">and a link</a>.</p></article></main></body></html>"""
BREAKAGES = [(formulas_unset, "<mjx-container>x</mjx-container>", "x"),
             (formulas_unset, "<mjx-container>x", "<mjx-container><mjx-merror>x</mjx-merror>"),
             (barriers, "<p>Text", '<img src="data:," ><p>Text'),
             (barriers, "<p>Text", '<p style="color: #bbb; background: #fff">Text'),
             (too_wide, "<p>Text", '<div style="width: 3000px">Text</div><p>Text')]


@pytest.mark.parametrize("check", [formulas_unset, barriers, too_wide])
def test_a_sound_page_passes(chromium, check):
    page = chromium.new_page()
    page.set_content(SOUND)
    assert check(page) == []
    page.close()


@pytest.mark.parametrize("check, sound, broken", BREAKAGES)
def test_a_broken_page_is_noticed(chromium, check, sound, broken):
    assert sound in SOUND
    page = chromium.new_page()
    page.set_content(SOUND.replace(sound, broken))
    assert check(page)
    page.close()
