"""The things to try compute what the pages say, by mouse, by keyboard, on a phone, in the dark and on paper.

The oracle is NumPy or JAX, or the output of the page's own cells; never the widget's own code.
"""

import re

import jax
import jax.numpy as jnp
import numpy as np
import pytest

PAGES = {"stepsize": "numerical_differentiation", "dual": "forward_mode", "tape": "reverse_mode", "newton": "higher_order"}
SHOWN = 6e-4        # a number with four digits is off by half of the fourth


@pytest.fixture(autouse=True)
def wide_floats():
    """The widgets compute with 64 bits, so JAX does here."""
    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", True)
    yield
    jax.config.update("jax_enable_x64", before)


@pytest.fixture
def open_widget(open_page):
    """Return a function that opens the page of a widget: its page, and the live part of the widget."""
    def open_(name, **options):
        page = open_page(f"book/{PAGES[name]}.html", **options)
        live = page.locator(f".widget-{name} .widget-live")
        live.scroll_into_view_if_needed()
        return page, live
    return open_


def number(text: str) -> float:
    return float(text.replace("−", "-").replace("∞", "inf"))


def rows(live) -> list[list[str]]:
    return live.locator("tbody tr").evaluate_all("rows => rows.map(r => [...r.cells].map(c => c.textContent))")


def choose(live, label: str, value: str):
    live.get_by_label(label, exact=True).select_option(value)


def move(live, label: str, value: float):
    live.get_by_role("slider", name=label).fill(str(value))


def type_expression(live, label: str, text: str):
    field = live.get_by_label(label, exact=True)
    field.fill(text)
    field.press("Enter")


def drag(page, live, share_from: float, share_to: float):
    """Draw the mouse over the plot between two shares of its width, at half of its height."""
    box = live.locator("svg.drags").bounding_box()
    x = lambda share: box["x"] + 52 + share * (box["width"] - 68)      # the frame's margins, as in plot.js
    y = box["y"] + box["height"] / 2
    page.mouse.move(x(share_from), y)
    page.mouse.down()
    page.mouse.move(x(share_to), y, steps=5)
    page.mouse.up()


# ---- the step size

FUNCTIONS = {"exp": (np.exp, np.exp(1.0)), "sin": (np.sin, np.cos(1.0)), "inverse": (lambda x: 1 / x, -1.0)}


def quotient(method, f, dtype, h):
    """The estimate in this width, f itself rounded once, as the widget's model has it."""
    g, one, h = (lambda x: dtype(f(float(x)))), dtype(1), dtype(h)
    if method == "forward":
        return (g(one + h) - g(one)) / h
    return (g(one + h) - g(one - h)) / (dtype(2) * h)


@pytest.mark.parametrize("width", ["float64", "float32"])
def test_stepsize_computes_what_numpy_computes(open_widget, width):
    """Each estimate is NumPy's, and the complex step's error is the smaller of rounding and h²/6."""
    _, live = open_widget("stepsize")
    dtype, u = np.dtype(width).type, float(np.finfo(width).eps) / 2
    choose(live, "numbers", width)
    for name, (f, slope) in FUNCTIONS.items():
        choose(live, "f", name)
        for power in (-3, -9, -14, -27, -40, -52):
            move(live, "step h", power)
            table, h = rows(live), 2.0**power
            for row, method in zip(table, ("forward", "central")):
                theirs = float(quotient(method, f, dtype, h))
                # Two libraries may round a value of f differently: by 2u each, enlarged by 1/h.
                assert number(row[1]) == pytest.approx(theirs, rel=8 * u, abs=4 * u * f(1.0) / h), (name, method, power)
                assert number(row[2]) == pytest.approx(abs(number(row[1]) / slope - 1), rel=0.06, abs=u * 2)
            assert abs(number(table[2][1]) / slope - 1) < h**2 + 6 * u


def test_stepsize_agrees_with_the_page(open_widget):
    """The best steps are those that the page prints, and the measured errors keep to the page's bound."""
    page, live = open_widget("stepsize")
    printed = dict(re.findall(r"(float\d\d (?:forward|central)): h = (\S+), error", page.locator("article").inner_text()))
    assert len(printed) == 4
    for key, best in printed.items():
        width, method = key.split()
        choose(live, "numbers", width)
        choose(live, "method", method)
        said = re.search(r"Predicted best step: (.*)\.$", live.locator(".widget-says").inner_text())[1]
        assert number(said) == pytest.approx(float(best))
        u, best = float(np.finfo(width).eps) / 2, float(best)
        model = lambda h: h / 2 + 2 * u / h if method == "forward" else h**2 / 6 + u / h
        for power in range(-51 if width == "float64" else -23, 0):
            move(live, "step h", power)
            error, h = number(rows(live)[("forward", "central").index(method)][2]), 2.0**power
            # The page's own assertions; 5 % since the widget writes two digits.
            assert error < 1.05 * (2 * model(h) + h**3)
            if abs(np.log2(h / best)) < 1.5:
                assert error < 3 * model(best)


def test_stepsize_says_what_wins(open_widget):
    """The sentence names truncation at a large step, round-off at a small one, and the loss of all digits."""
    _, live = open_widget("stepsize")
    says = live.locator(".widget-says")
    for power, words in ((-5, "too large"), (-26, "near the best step"), (-45, "too small")):
        move(live, "step h", power)
        assert words in says.inner_text()
    choose(live, "numbers", "float32")
    move(live, "step h", -27)                     # about 1e-8, where the page finds no digit
    assert "no digit is right" in says.inner_text() and number(rows(live)[0][1]) == 0


def test_stepsize_is_dragged_and_typed(open_widget):
    """The pointer takes the step along, and the arrow keys halve and double it."""
    page, live = open_widget("stepsize")
    slider = live.get_by_role("slider", name="step h")
    drag(page, live, 0.9, 0.5)                    # the middle of 1e-16 … 1
    assert abs(float(slider.input_value()) * np.log10(2) + 8) < 0.4
    before = live.locator(".widget-says").inner_text()
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert "≈ " in slider.get_attribute("aria-valuetext")
    assert live.locator(".widget-says").inner_text() != before


# ---- dual numbers

JAX_NAMES = {name: getattr(jnp, name) for name in ("sin", "cos", "exp", "log", "sqrt", "tanh", "pi")}


def as_function(text, *variables):
    return eval(f"lambda {', '.join(variables) or 'x'}: {text}", JAX_NAMES.copy())


def test_dual_pushes_what_jax_pushes(open_widget):
    """Primal and tangent of the last step are those of `jax.jvp`, for expressions of the list and typed ones."""
    _, live = open_widget("dual")
    listed = live.get_by_label("Try").locator("option").all_text_contents()
    for text in [*listed, "tanh(3*x) - 2**-1", "sqrt(x)*cos(pi*x)", "-x**-2 + (1e-1 - x)*3", "x*x*x/7"]:
        type_expression(live, "y =", text)
        for x, seed in ((0.4, 1.0), (1.7, -0.6)):
            move(live, "x", x)
            move(live, "tangent ẋ", seed)
            y, y_dot = jax.jvp(as_function(text), (x,), (seed,))
            _, primal, tangent, _ = rows(live)[-1]
            assert number(primal) == pytest.approx(float(y), rel=SHOWN), text
            assert number(tangent) == pytest.approx(float(y_dot), rel=SHOWN, abs=1e-12), text


def test_dual_shows_each_step(open_widget):
    """The rows are the steps of the expression, each with the rule of its tangent."""
    _, live = open_widget("dual")
    type_expression(live, "y =", "x * sin(x)")
    move(live, "x", 2)
    table = rows(live)
    assert [row[0] for row in table] == ["x", "v₁ = sin(x)", "y = x · v₁"]
    assert [number(row[2]) for row in table] == pytest.approx([1, np.cos(2), np.sin(2) + 2 * np.cos(2)], rel=SHOWN)
    assert table[1][3] == "cos(x) · ẋ" and table[2][3] == "v₁ · ẋ + x · v̇₁"


def test_dual_is_dragged(open_widget):
    """The pointer takes x along, and the sentence tells the dual number there."""
    page, live = open_widget("dual")
    drag(page, live, 0.2, 0.75)
    x = float(live.get_by_role("slider", name="x", exact=True).input_value())
    assert x == pytest.approx(1.5, abs=0.03)
    assert number(re.search(r"the slope is (.*)\.$", live.locator(".widget-says").inner_text())[1]) == \
        pytest.approx(x + np.cos(x), rel=SHOWN)


WRONG = {"x +": "the text ended", "2*(x": "“)”", "x^2": "written **", "3*y": "only variable", "sinh(x)": "no function here",
         "2**x": "must be a number", "x x": "“x” came", "7": "a number", "": "the text ended", "u = x*x; x": "not used",
         "+".join(["x"] * 99): "too long", "<b>x": "“<” came", "sin x": "“(”", "1.2.3*x": "“.3” came",
         "x*": "the text ended"}


def test_a_wrong_expression_is_explained(open_widget):
    """What cannot be read is explained beside the field, and the last expression stays."""
    _, live = open_widget("dual")
    before, error = rows(live), live.locator(".widget-error")
    for text, words in WRONG.items():
        type_expression(live, "y =", text)
        assert words in error.inner_text(), text
        assert live.get_by_label("y =", exact=True).get_attribute("aria-invalid") == "true" and rows(live) == before
    type_expression(live, "y =", "x*x")
    assert error.inner_text() == "" and rows(live) != before


def test_curvatures_are_those_of_jax(open_widget):
    """Value, slope and curvature of every operation agree with JAX."""
    page, _ = open_widget("newton")
    texts = [f"{name}(0.3 + x*x)" for name in ("sin", "cos", "exp", "log", "sqrt", "tanh")] + [
        "x - x*x", "(1 + x)/(x*x - 3)", "2/x", "x/3", "(x + 1)**5", "(x*x)**-1.5", "-(x + x)**3", "x**1", "x**0 + x"]
    for text in texts:
        found = page.evaluate("t => { const e = courseWidgets.expression; return e.jet(e.read(t, 'x'), 0.7); }", text)
        f = as_function(text)
        wanted = [float(g(0.7)) for g in (f, jax.grad(f), jax.grad(jax.grad(f)))]
        assert found == pytest.approx(wanted, rel=1e-12, abs=1e-14), text


# ---- the tape

def step_to_end(live) -> int:
    button, steps = live.get_by_role("button", name="Next"), 0
    while button.get_attribute("aria-disabled") == "false":
        button.click()
        steps += 1
        assert steps < 100
    return steps


def entries(live) -> dict[str, list[str]]:
    return {row[0].split(" = ")[0]: row[1:] for row in rows(live)}


TAPES = {"a*b + sin(a)": {"a": 1.5, "b": 0.5}, "exp(a*b) / (a + b)": {"a": -1.5, "b": 0.5}, "x*x*x": {"x": 2.0},
         "sqrt(p*p + q*q) - log(q)*3": {"p": 3.0, "q": 4.0}, "x*y + y*z - 2*x": {"x": 1.0, "y": 2.0, "z": -3.0}}


def test_tape_gives_the_gradient_of_jax(open_widget):
    """At the end the cotangents of the inputs are JAX's gradient, and the value is the function's."""
    _, live = open_widget("tape")
    for text, inputs in TAPES.items():
        type_expression(live, "y =", text)
        for name, value in inputs.items():
            live.get_by_label(f"{name} =", exact=True).last.fill(str(value))
        step_to_end(live)
        f, found = as_function(text, *inputs), entries(live)
        wanted = jax.grad(f, tuple(range(len(inputs))))(*inputs.values())
        for name, slope in zip(inputs, wanted):
            assert number(found[name][1].split(" = ")[-1]) == pytest.approx(float(slope), rel=SHOWN), text
        assert number(rows(live)[-1][1]) == pytest.approx(float(f(*inputs.values())), rel=SHOWN)
        assert "Done: " in live.locator(".widget-says").inner_text()


@pytest.mark.parametrize("text, slope, terms", [("a = 2*x; a + a", 4, 1), ("u = 3*x; 5*u + 2*(3*u)", 33, 1),
                                                ("x*x*x", 3, 3)])
def test_tape_adds_up_where_a_value_fans_out(open_widget, text, slope, terms):
    """The page's two functions get their right slopes, 4 and 33; each use adds one term."""
    _, live = open_widget("tape")
    choose(live, "Try", text)
    step_to_end(live)
    cell = entries(live)["x"][1]
    assert number(cell.split(" = ")[-1]) == slope and cell.count(" + ") == terms - 1
    if "u" in text:
        assert entries(live)["u"][1] == "6 + 5 = 11"


def test_tape_goes_forward_and_back_by_keyboard(open_widget):
    """Back undoes Next, state by state, Reset empties the tape, and one row is the present one."""
    page, live = open_widget("tape")
    seen = [(rows(live), live.locator(".widget-says").inner_text())]
    live.get_by_role("button", name="Next").focus()
    for _ in range(9):
        page.keyboard.press("Enter")
        seen.append((rows(live), live.locator(".widget-says").inner_text()))
        assert live.locator("tr[aria-current=step]").count() == 1
    assert len({said for _, said in seen}) == 10
    assert all(row[1] == "" for row in seen[0][0]) and all(row[1] and row[2] for row in seen[-1][0])
    page.keyboard.press("Enter")                  # at the end Next does nothing, and keeps the focus
    live.get_by_role("button", name="Back").focus()
    for state in reversed(seen[:-1]):
        page.keyboard.press("Space")
        assert (rows(live), live.locator(".widget-says").inner_text()) == state
    step_to_end(live)
    live.get_by_role("button", name="Reset").click()
    assert (rows(live), live.locator(".widget-says").inner_text()) == seen[0]


# ---- Newton

def newton_path(text, start, steps):
    f, path = as_function(text), [start]
    for _ in range(steps):
        path.append(path[-1] - float(jax.grad(f)(path[-1]) / jax.grad(jax.grad(f))(path[-1])))
    return path


STARTS = [
    ("x**4 - 2*x**2", 0.3, "a maximum"), ("x**4 - 2*x**2", 0.8, "a minimum"),
    ("x**4/4 - x**2 + 2*x", 0.0, "cycles between"), ("sqrt(1 + x**2)", 1.1, "runs away"),
    ("sqrt(1 + x**2)", 0.9, "a minimum"), ("x**4 - 6*x**2", 1.0, "divides by it"), ("x**4", 0.5, "slowly"),
    ("x - log(x)", 0.5, "a minimum"), ("x - log(x)", 2.5, "no value")]


def test_newton_goes_where_jax_goes(open_widget):
    """The points are those of Newton's step with JAX's derivatives, and the sentence tells the end."""
    _, live = open_widget("newton")
    for text, start, words in STARTS:
        choose(live, "Try", text)
        move(live, "start x₀", start)
        table = rows(live)
        wanted = newton_path(text, start, len(table) - 1)
        assert [number(row[1]) for row in table] == pytest.approx(wanted, rel=1e-6, abs=1e-9), text
        assert words in live.locator(".widget-says").inner_text(), text


def test_newton_starts_where_one_clicks(open_widget):
    """A click in either picture is the new start; the slider and the arrow keys do the same."""
    page, live = open_widget("newton")
    slider = live.get_by_role("slider", name="start x₀")
    drag(page, live, 0.75, 0.75)
    assert float(slider.input_value()) == pytest.approx(1.5, abs=0.03)
    assert number(rows(live)[0][1]) == float(slider.input_value())
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert number(rows(live)[0][1]) == pytest.approx(float(slider.input_value()))
    move(live, "steps", 7)
    assert len(rows(live)) <= 8


# ---- all of them

@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("options", [{"width": 390}, {"dark": True}, {"width": 390, "dark": True}], ids=str)
def test_widget_fits(open_widget, name, options):
    """On a phone and in the dark nothing is wider than the page, and text and lines stand out from the ground."""
    page, live = open_widget(name, **options)
    assert page.evaluate("document.documentElement.scrollWidth") <= options.get("width", 1280)
    assert live.bounding_box()["width"] <= options.get("width", 1280)
    contrasts = live.evaluate("""live => {
      const light = css => {
        const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
        const [r, g, b] = css.match(/[\\d.]+/g).map(v => linear(v / 255));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const contrast = (a, b) => {
        const [p, q] = [light(a), light(b)].sort((x, y) => y - x);
        return (p + 0.05) / (q + 0.05);
      };
      const ground = getComputedStyle(document.body).backgroundColor;
      return [...live.querySelectorAll("svg text, td, th, .widget-says, svg .line")].map(e => {
        const style = getComputedStyle(e);
        const colour = {text: style.fill, path: style.stroke}[e.tagName] ?? style.color;
        return [e.tagName, contrast(colour, ground)];
      });
    }""")
    assert contrasts and all(value >= (3 if tag == "path" else 4.5) for tag, value in contrasts)


@pytest.mark.parametrize("name", PAGES)
def test_paper_gets_the_fallback(open_widget, name):
    """On the screen the widget stands in place of its fallback, on paper the fallback does."""
    page, live = open_widget(name)
    fallback = page.locator(f".widget-{name} > p")
    assert live.is_visible() and not fallback.is_visible()
    page.emulate_media(media="print")
    assert fallback.is_visible() and not live.is_visible()
    assert page.locator(f"#{fallback.locator('a.reference.internal').get_attribute('href')[1:]}").is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_without_scripts_the_fallback_is_there(chromium, address, name):
    """Where no script runs, the sentence that points to the figure is seen."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/book/{PAGES[name]}.html")
    assert page.locator(f".widget-{name} > p").is_visible()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_works_from_a_folder(chromium, site, name):
    """A page that is opened as a file has its widget, too."""
    page = chromium.new_page()
    page.goto((site / f"book/{PAGES[name]}.html").as_uri())
    page.locator(f".widget-{name} .widget-live table tbody tr").first.wait_for()
    page.close()


def test_only_pages_with_widgets_load_them(open_page):
    """A page without a widget asks for none of their files, and a page with one for that one only."""
    requested = []
    for path in ("book/arrays.html", "book/higher_order.html"):
        page = open_page("book/index.html")
        page.on("request", lambda request: requested.append((path, request.url.split("?")[0].rsplit("/", 1)[-1])))
        page.goto(page.url.replace("book/index.html", path))
    scripts = {name for path, name in requested if path == "book/higher_order.html"}
    assert {"common.js", "plot.js", "expression.js", "newton.js"} <= scripts
    assert not {"dual.js", "tape.js", "stepsize.js", "playground.js", "micropython.js"} & scripts
    assert not {"common.js", "widgets.css"} & {name for path, name in requested if path == "book/arrays.html"}
