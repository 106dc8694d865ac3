"""A book of three pages for the tests of notebook_export: one with all that a page can have, one in pieces."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONT = "---\nfile_format: mystnb\nkernelspec: {name: python3, display_name: Python 3}\n%s---\n\n"
CONFIG = f"""
title: A small book
only_build_toc_files: true
execute: {{execute_notebooks: "off"}}
bibtex_bibfiles: [book/references.bib]
parse: {{myst_enable_extensions: [amsmath, colon_fence, deflist, dollarmath]}}
repository: {{url: ""}}
html: {{baseurl: ""}}
sphinx:
  recursive_update: true
  extra_extensions: [sphinx_exercise, sphinx_proof]
  local_extensions: {{notebook_export: {ROOT / "book/_ext"}, playground: {ROOT / "book/_ext"}}}
  config:
    suppress_warnings: [myst-nb.lexer]        # no cell has run, so none has said its language
    exercise_style: solution_follow_exercise
    bibtex_reference_style: label
"""
TOC = "format: jb-book\nroot: book/index\nchapters: [{file: book/all}, {file: book/broken}]\n"
INDEX = "(index)=\n# A small book\n\nWords, and a link: {colab}`the task in Colab <handouts/task.ipynb>`.\n\n```{bibliography}\n```\n"
ALL = FRONT % "runtime: gpu\npackages: [beside]\n" + r'''(all)=
# All that *there* is

Text with `a|b`, a price of 5\$, a_b, \*no stars\*, 2 < 3, $x^2$ and {kbd}`Ctrl`.[^note]
See {prf:ref}`taylor`, {eq}`one`, {ref}`index`, {doc}`index`, {numref}`plot`, {cite}`someone`,
[afar](https://example.org/x_(y)).

[^note]: A note in small print.

```{code-cell} python
import numpy as np
from figures import all as draw
```

::::{tab-set}
:::{tab-item} First
In the first tab.
:::
:::{tab-item} Second
In the second.
:::
::::

:::{dropdown} Open `me`
Hidden words.
:::

:::{prf:theorem} Taylor
:label: taylor
It holds that

$$
f(x) =
1
$$ (one)

for all.
:::

:::{warning}
Take care:

- of this
- of that
:::

| a | b |
|---|--:|
| `x` | $\|y\|$ |

Term
: Its meaning.

```{figure} pic.svg
:name: plot
:alt: A red square.

The caption.
```

In a line: ![A red [dot].](pic.svg)

```{code-cell} python
---
mystnb:
  image: {alt: "A line that rises."}
tags: [hide-input]
---
draw.line()
```

```{code-cell} python
:tags: [playground]
def twice(x):
    return 2 * x
```

```{playground}
# the page's cells

print(twice(3))
```

```{code-cell} python
:tags: [remove-cell]
hidden = 1
```

```{code-cell} python
:tags: [remove-cell, site-only]
from myst_nb import glue
```

:::{exercise-start} Try it
:label: ex
:::
Do it.
:::{exercise-end}
:::

:::{solution-start} ex
:class: dropdown
:::
Before.

```{code-cell} python
done = True
```

After.
:::{solution-end}
:::

\begin{align*}
a &= b \\
c &= d
\end{align*}
'''
BROKEN = FRONT % "runtime: mainframe\n" + """# Broken

```{code-cell} python
import no_such_module
```

```{hlist}
- one
- two
```
"""
BIB = "@misc{someone, author = {Some One}, title = {A Paper}, year = {2001}, doi = {10.1000/xyz}}\n"


def write_book(folder: Path, broken: bool = False) -> Path:
    """Write the book's sources. Returns: its folder."""
    book = folder / "book"
    (book / "figures").mkdir(parents=True)
    (folder / "_config.yml").write_text(CONFIG)
    (folder / "_toc.yml").write_text(TOC if broken else TOC.replace(", {file: book/broken}", ""))
    for name, text in {"index.md": INDEX, "all.md": ALL, "broken.md": BROKEN, "references.bib": BIB,
                       "figures/all.py": '"""Draws."""\n\nimport numpy\n\n\ndef line():\n    """Draw a line: \\\\ or /."""\n',
                       "pic.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'}.items():
        (book / name).write_text(text)
    shutil.copy(ROOT / "book/matplotlibrc", book)
    return folder


def build(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess:
    """Build the book's site into `_build/html`."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("COURSE_")} | environment
    return subprocess.run([Path(sys.executable).with_name("jupyter-book"), "build", ".", "-n", "-W", "--keep-going", *options],
                          cwd=folder, env=env, capture_output=True, text=True)


def read(folder: Path, name: str = "all") -> dict:
    return json.loads((folder / f"_build/html/notebooks/{name}.ipynb").read_text(encoding="utf-8"))
