"""The Python playground runs the page's own class in the browser, and gets out of every trouble.

The same programs run under Node in `test_starts_like_the_page`, against CPython, where Node is installed.
"""

import json
import shutil
import subprocess
import sys

import lxml.html
import pytest

PAGES = {
    "forward_mode": ["derivative(sin)(0.5)", "derivative(wave)(1.3)", "derivative(abs)(-2.0)",
                     "(2 / Dual(3.0, 1.0)).tangent", "derivative(lambda x: 3 - exp(x)**2 / log(x + 1))(0.7)", "derivative(derivative(lambda x: x**3))(2.0)"],
    "reverse_mode": ["a.bar", "b.bar", "y.value"],
}
ANSWERS = {"forward_mode": ["slope of wave at 1.3: -0.20544", "slope of abs at -2: -1.0", "tanh is not ready yet"],
           "reverse_mode": ["y = 1.74749", "slopes: 0.5707", "slope of exp at 1: 0.0"]}
SOLVED = {
    "forward_mode": ("    return math.tanh(x)",
                     "    if isinstance(x, Dual):\n        t = math.tanh(x.primal)\n"
                     "        return Dual(t, (1 - t * t) * x.tangent)\n    return math.tanh(x)",
                     "slope of tanh at 0.5: 0.7864477"),
    "reverse_mode": ("Var(math.exp(x.value), ())", "Var(math.exp(x.value), ((x, math.exp(x.value)),))",
                     "slope of exp at 1: 2.71828"),
}


class Playground:
    """The playground of a page: its program, buttons and what it says."""

    def __init__(self, page):
        self.page, self.live = page, page.locator(".widget-playground .widget-live")
        self.code = self.live.get_by_label("Python program")
        self.output, self.says = self.live.get_by_label("Output"), self.live.get_by_role("status")
        self.live.scroll_into_view_if_needed()

    def press(self, name):
        self.live.get_by_role("button", name=name).click()

    def run(self, program=None):
        """Run this program to its end. Returns: what is said at the end."""
        if program is not None:
            self.code.fill(program)
        self.press("Run")
        self.wait_until_it_rests()
        return self.says.inner_text()

    def wait_until_it_rests(self):
        self.live.locator("button[aria-disabled=false]", has_text="Run").wait_for()

    def wait_until_it_runs(self):
        self.says.get_by_text("Running").wait_for()


@pytest.fixture
def playground(open_page):
    def open_(name="forward_mode", **options):
        return Playground(open_page(f"book/{name}.html", **options))
    return open_


@pytest.mark.parametrize("name", PAGES)
def test_runs_and_can_be_extended(playground, name):
    """The first program runs as it stands, says what is missing, and gives the right slope once that is written."""
    there = playground(name)
    assert there.run() == "Done."
    assert all(answer in there.output.inner_text() for answer in ANSWERS[name])
    hole, filling, answer = SOLVED[name]
    program = there.code.input_value()
    assert program.count(hole) == 1
    there.run(program.replace(hole, filling))
    assert answer in there.output.inner_text()
    there.press("Reset")
    assert there.code.input_value() == program and there.output.inner_text() == ""


def program_of(site, name) -> str:
    """The program that a playground starts with, from the page as it was built."""
    tree = lxml.html.parse(site / f"book/{name}.html")
    block, = tree.xpath("//div[contains(@class, 'widget-playground')]//pre")
    cells = tree.xpath("//div[contains(@class, 'tag_playground')]//div[contains(@class, 'cell_input')]//pre")
    assert "# the page's cells" in block.text_content() and cells
    page_cells = "\n\n".join(cell.text_content().strip() for cell in cells)
    return block.text_content().strip().replace("# the page's cells", page_cells) + "\n"


@pytest.mark.parametrize("name", PAGES)
def test_starts_with_the_page_own_class(playground, site, name):
    """The field holds the cells of the page, as they are."""
    assert playground(name).code.input_value() == program_of(site, name)


@pytest.mark.parametrize("name, expressions", PAGES.items())
def test_starts_like_the_page(root, site, tmp_path, name, expressions):
    """The class computes the same numbers in MicroPython as in the Python that ran the page."""
    node = shutil.which("node")
    if not node:
        pytest.skip("Node is not installed; the browser tests run the same programs")
    program = program_of(site, name) + f"\nprint([{', '.join(expressions)}])\n"
    vendored = root / "book/_static/vendor/micropython"
    (tmp_path / "run.mjs").write_text(f"""
        import {{ loadMicroPython }} from {json.dumps((vendored / "micropython.mjs").as_uri())};
        const python = await loadMicroPython({{url: {json.dumps(str(vendored / "micropython.wasm"))},
                                              stdout: line => console.log(line)}});
        python.runPython({json.dumps(program)});""")
    said = subprocess.run([node, tmp_path / "run.mjs"], capture_output=True, text=True, timeout=60)
    assert said.returncode == 0, said.stderr
    ours = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    theirs, own = (json.loads(run.stdout.splitlines()[-1]) for run in (said, ours))
    # The two have mathematical libraries of their own: some last digits differ.
    assert theirs == pytest.approx(own, rel=1e-14) and len(own) == len(expressions)


def test_nothing_is_loaded_before_the_first_run(playground):
    """MicroPython is asked for by the first Run, once, and from this site only."""
    there, asked = playground(), []
    there.page.on("request", lambda request: asked.append(request.url))
    there.page.reload()
    there = Playground(there.page)
    there.code.focus()
    assert not [url for url in asked if "micropython" in url]
    there.run("print(1)")
    there.run("print(2)")
    assert len([url for url in asked if "micropython" in url]) == 1
    assert there.output.inner_text().strip() == "2"


@pytest.mark.parametrize("program, said, shown", [
    ("x = 1\nprint(x)\ny = x + z", "in line 3, “y = x + z”: NameError: name 'z' isn't defined", "line 3"),
    ("def f():\n    return 1 / 0\nf()", "in line 2, “return 1 / 0”: ZeroDivisionError", "line 3, in <module>"),
    ("for x in range(3)\n    print(x)", "in line 1", "SyntaxError"),
    ("import jax", "NumPy and JAX are not", "ImportError"),
    ("def f(n):\n    return f(n + 1)\nf(0)", "recursion depth", "RuntimeError"),
    ("x = [0]\nwhile True:\n    x = x + x", "MemoryError", "line 3"),
    ("import sys\nsys.exit()", "SystemExit", "line 2"),
])
def test_an_error_is_explained(playground, program, said, shown):
    """The line, its text and the error are said; the traceback stands in the output, with no odd file name."""
    there = playground()
    assert said in there.run(program)
    assert shown in there.output.inner_text() and "stdin" not in there.output.inner_text()
    assert there.run("print('again')") == "Done."


def test_stop_stops(playground):
    """Stop ends a loop that has no end, and the next run works; what was printed stays."""
    there = playground()
    there.code.fill("print('begun')\nwhile True: pass")
    there.press("Run")
    there.wait_until_it_runs()
    there.output.get_by_text("begun").wait_for()
    there.press("Stop")
    assert there.says.inner_text() == "Stopped." and "begun" in there.output.inner_text()
    there.run("print(6 * 7)")
    assert there.output.inner_text().strip() == "42"


def test_a_loop_without_end_is_stopped(playground):
    """After ten seconds a program is stopped, with a question that helps."""
    there = playground()
    there.page.clock.install()
    there.code.fill("while True: pass")
    there.press("Run")
    there.wait_until_it_runs()
    there.page.clock.run_for(9_000)
    assert there.says.inner_text() == "Running …"
    there.page.clock.run_for(2_000)
    there.wait_until_it_rests()
    assert "Stopped after 10 seconds" in there.says.inner_text()


def test_a_flood_is_stopped(playground):
    """A program that prints without end is stopped before it fills the page."""
    there = playground()
    assert "characters of output" in there.run("while True: print('x' * 1000)")
    assert 15_000 < len(there.output.inner_text()) < 25_000


def test_output_is_text(playground):
    """What a program prints is shown as it is, never read as markup."""
    there = playground()
    assert there.run("print('<b>bold</b> é ≈')") == "Done."
    assert there.output.inner_text().strip() == "<b>bold</b> é ≈" and there.output.locator("b").count() == 0
    assert there.run("x = 1") == "Done. Nothing was printed."


def test_the_keyboard_is_no_trap(playground):
    """Tab indents, Escape and then Tab leaves the field, Shift+Tab leaves it backwards, Ctrl+Enter runs."""
    there = playground()
    keyboard, focused = there.page.keyboard, lambda: there.page.evaluate("document.activeElement.textContent.slice(0, 3)")
    there.code.fill("")
    there.code.focus()
    keyboard.type("def f(x):\ny = x + 1\nreturn y")
    assert there.code.input_value() == "def f(x):\n    y = x + 1\n    return y"
    there.code.fill("if True:")
    keyboard.press("End")
    keyboard.press("Enter")
    keyboard.press("Tab")
    keyboard.type("print(5)")
    assert there.code.input_value() == "if True:\n        print(5)"
    keyboard.press("Control+Enter")
    there.output.get_by_text("5").wait_for()
    there.wait_until_it_rests()
    keyboard.press("Escape")
    keyboard.press("Tab")
    assert focused() == "Run"
    keyboard.press("Shift+Tab")
    assert there.code.evaluate("field => field === document.activeElement")
    keyboard.press("Shift+Tab")
    assert not there.code.evaluate("field => field === document.activeElement")


@pytest.mark.parametrize("options", [{"width": 390}, {"dark": True}], ids=str)
def test_fits(playground, options):
    """On a phone and in the dark it runs, and makes the page no wider."""
    there = playground("reverse_mode", **options)
    assert there.run() == "Done."
    assert there.page.evaluate("document.documentElement.scrollWidth") <= options.get("width", 1280)


def test_runs_from_a_folder(chromium, site):
    """A page that is opened as a file can run Python, too."""
    page = chromium.new_page()
    page.goto((site / "book/forward_mode.html").as_uri())
    assert Playground(page).run("print(2 + 3)") == "Done."
    page.close()


def test_paper_gets_a_block_of_code(playground):
    """On paper stands the program, without field and buttons."""
    there = playground()
    block = there.page.locator(".widget-playground > .highlight-python")
    assert there.live.is_visible() and not block.is_visible()
    there.page.emulate_media(media="print")
    assert block.is_visible() and not there.live.is_visible()
