"""The directives `{widget}` and `{playground}` become plain content in every builder, and a wrong page is a warning."""

import subprocess
import sys

import pytest

CONF = """
import sys
sys.path.insert(0, {extensions!r})
extensions = ["myst_parser", "widgets", "playground"]
numfig = True
myst_enable_extensions = ["attrs_block"]
"""
SOUND = """# Page

```{figure} plot.svg
:name: fig-plot
:alt: A line.

A line.
```

```{widget} stepsize
Drag it, or look at {numref}`fig-plot`.
```

```{playground}
print(1)
```
"""
CELL = """
{.tag_playground}
This stands for a cell.
"""


@pytest.fixture
def build(root, tmp_path):
    """Return a function that builds one page. Returns: the output's folder, the warnings."""
    def run(page, builder="text"):
        (tmp_path / "conf.py").write_text(CONF.format(extensions=str(root / "book/_ext")))
        (tmp_path / "plot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
        (tmp_path / "index.md").write_text(page)
        ran = subprocess.run([sys.executable, "-m", "sphinx", "-q", "-b", builder,
                              tmp_path, tmp_path / "out"], capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
        return tmp_path / "out", ran.stderr
    return run


@pytest.mark.parametrize("builder, file", [("text", "index.txt"), ("latex", "*.tex"), ("singlehtml", "index.html"),
                                           ("html", "index.html")])
def test_every_builder_has_the_fallback(build, builder, file):
    """The sentence with its figure and the program are there; only HTML loads a script."""
    out, warnings = build(SOUND, builder)
    text = next(out.glob(file)).read_text()
    assert warnings == "" and "Drag it, or look at" in text
    assert "print" in text
    assert ("widgets/stepsize.js" in text) == ("html" in builder)


@pytest.mark.parametrize("sound, broken, words, line", [
    ("{widget} stepsize", "{widget} stepsise", "there is no widget 'stepsise'; expected one of: stepsize", 10),
    ("look at {numref}`fig-plot`", "not", "has nothing to show without JavaScript", 10),
    ("print(1)", "", "this playground is empty", 14),
    ("print(1)", "# the page's cells", 'no cell of the page has the tag "playground"', 14),
    ("print(1)\n```\n", "print(1)\n```\n" + CELL, "no playground has the line", 19),
])
def test_a_wrong_page_is_a_warning(build, sound, broken, words, line):
    """The warning says what is wrong, and names file and line."""
    assert SOUND.count(sound) == 1
    warnings = build(SOUND.replace(sound, broken))[1]
    assert words in warnings and f"index.md:{line}: WARNING" in warnings


def test_another_micropython_is_noticed(monkeypatch, root):
    """A new version whose module is written otherwise stops the build, in words."""
    monkeypatch.syspath_prepend(str(root / "book/_ext"))
    import playground
    from sphinx.errors import ExtensionError
    mjs = (playground.VENDORED / "micropython.mjs").read_text()
    assert "export" not in playground.embed(mjs, b"").split("async function loadMicroPython")[0][-60:]
    with pytest.raises(ExtensionError, match="expected 'import.meta.url' 4 times, found it 5 times"):
        playground.embed(mjs + "import.meta.url", b"")
