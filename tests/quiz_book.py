"""A small book with a quiz of each kind, for the tests of quizzes."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = """
import sys
sys.path.insert(0, {extension!r})
extensions = ["myst_parser", "quiz"]
myst_enable_extensions = ["colon_fence", "dollarmath", "tasklist"]
html_theme = "sphinx_book_theme"
html_static_path = [{static!r}]
html_context = {{"default_mode": "auto"}}
project = "Book"
language = "en"
"""
ONE = """:::{question} one
What does `grad` return?

- [ ] A number

  A number comes of *calling* what it returns.
- [x] A function

  It takes what the function takes.
- [ ] A formula

  No formula is built.
:::
"""
SEVERAL = """:::{question} several
:check: grad(lambda x: x**2)(3.0) == 6
What holds for the square?

- [x] Its slope at 3 is 6

  The slope is twice the place.
- [ ] Its slope at 0 is 1

  It is flat there.
- [x] It has a slope everywhere

  It is a polynomial.
:::
"""
NUMBER = """:::{question} number
:check: grad(lambda x: x**3)(2.0)
:tolerance: 1%
How steep is the cube at 2?

- [x] 12

  Three times the square of 2.
- [ ] 8

  That is the value.
:::
"""
OUTPUT = """:::{question} output
What does this print?

```python
f = lambda x: x**2
print(f(1.5), grad(f)(1.5))
```

- [x] 2.25 3.0

  First the value, then the slope.
- [ ] 3.0 2.25

  That is the wrong order.
:::
"""
PAGE = f"# Chapter\n\n## Check yourself\n\n::::{{quiz}}\n{ONE}\n{SEVERAL}\n{NUMBER}\n{OUTPUT}::::\n\n## Next\n\nThe last words.\n"


def write_book(folder: Path, chapter: str = PAGE) -> Path:
    """Write the book's source. Returns: its folder."""
    folder.mkdir(exist_ok=True)
    (folder / "conf.py").write_text(SETTINGS.format(extension=str(ROOT / "book/_ext"), static=str(ROOT / "book/_static")))
    (folder / "index.md").write_text("# Book\n\n```{toctree}\nchapter\nempty\nprogress\n```\n")
    (folder / "chapter.md").write_text(chapter)
    (folder / "empty.md").write_text(f"# Second chapter\n\n::::{{quiz}}\n{ONE}\n::::\n")
    (folder / "progress.md").write_text("# Progress\n\n```{quiz-progress}\n```\n")
    return folder


def build_book(folder: Path, builder: str = "html") -> tuple[int, str, Path]:
    """Build the book strictly. Returns: the exit status, what Sphinx complained of, and the folder of the result."""
    target = folder / "_build" / builder
    done = subprocess.run([sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-b", builder, folder, target],
                          capture_output=True, text=True, env=os.environ | {"JAX_PLATFORMS": "cpu"})
    return done.returncode, done.stderr, target
