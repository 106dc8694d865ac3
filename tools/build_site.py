"""Build the book into `_build/html` with Jupyter Book, and say plainly what failed.

Its jobs:
- throw the execution cache away when something outside the cells changed: the cache knows a page
  by the code of its cells only, and would keep the outputs of an edited helper module;
- read every page again after a failed build, or Sphinx would skip the page that failed and call
  the next build a success;
- show progress, keep the whole output in `_build/site.log`, and name each page and cell that failed.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, str(Path(sys.executable).with_name("jupyter-book")),
           "build", ".", "-n", "-W", "--keep-going"]
ANSI = re.compile(r"\x1b\[[0-9;]*m")
MOST_TOLD = 20
RULE = re.compile(r"^-{18}-*$")


def hash_files(paths: list[Path]) -> str:
    """Return one hash of the files' names and contents; a file that is not there counts as empty."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes() if path.exists() else b""
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def outputs_key(root: Path) -> str:
    """Return a hash of all that decides what cells print, apart from the cells."""
    helpers = [*(root / "book/figures").glob("*.py"), root / "book/_ext/course_site.py"]      # the latter sets the kernels up
    files = hash_files([*helpers, root / "book/matplotlibrc", root / "requirements.txt"])
    return f"{files} jax {version('jax')} python {sys.version_info.major}.{sys.version_info.minor}"


def read_state(path: Path) -> dict:
    """Return what the last build left, or {} if there was none or its note cannot be read."""
    try:
        state = json.loads(path.read_text())
        return state if isinstance(state, dict) else {}
    except (OSError, ValueError):
        return {}


def prepare(root: Path) -> tuple[list[str], dict]:
    """Remove what is stale. Returns: further options for the build, and the state it will leave."""
    build = root / "_build"
    last = read_state(build / "site.json")
    address = [os.environ.get(name, "") for name in ("COURSE_BASEURL", "COURSE_REPOSITORY")]
    extensions = [path for path in (root / "book/_ext").rglob("*.py") if "ipython" not in path.parts]
    state = {"outputs": outputs_key(root), "pages": [hash_files([root / "_toc.yml", root / "_config.yml", *extensions]), *address]}
    if last.get("outputs") != state["outputs"]:
        shutil.rmtree(build / ".jupyter_cache", ignore_errors=True)
    if last == state | {"succeeded": True}:
        return [], state
    shutil.rmtree(build / "html", ignore_errors=True)      # pages that left the book leave the site
    return ["--all"], state


def failures(log: str, root: Path) -> list[str]:
    """Return a sentence for each failure that a build's output speaks of, cells first."""
    lines = [ANSI.sub("", line).rstrip().replace(f"{root}/", "") for line in log.splitlines()]
    found, page = [], "a page"
    for number, line in enumerate(lines):
        if match := re.match(r"(\S+): Executing notebook", line):
            page = match[1]
        elif "An error occurred while executing the following cell" in line or "CellTimeoutError: " in line:
            found.append(describe_cell(page, lines, number))
        elif match := re.match(r"(.*?(?:ERROR|CRITICAL|WARNING): .*)", line):
            if "WARNING | " not in line and "Executing notebook failed" not in line:
                found.append(match[1])
    return list(dict.fromkeys(found))


def describe_cell(page: str, lines: list[str], number: int) -> str:
    """Return which page and cell failed, from the lines after the one that announces it."""
    rules = [n for n in range(number, len(lines)) if RULE.match(lines[n])][:2]
    if "CellTimeoutError" in lines[number] or len(rules) < 2:
        rest = lines[number].split("CellTimeoutError: ")[-1]
        return f"{page}: {rest}"
    code = [f"    {line}" for line in lines[rules[0] + 1:rules[1]]]
    errors = []
    for line in lines[rules[1] + 1:]:
        if line.startswith("The above exception was the direct cause"):
            break
        if re.match(r"[A-Za-z_.]+: |[A-Za-z_.]+(Error|Exception|Interrupt|Warning)$", line):
            errors.append(line)
    return "\n".join([f"{page}: this cell raised {errors[-1] if errors else 'an error'}", *code])


def show(line: str, live: bool) -> None:
    """Show one line of the build if it tells how far the build is."""
    text = ANSI.sub("", line).strip()
    if match := re.match(r"(reading sources|writing output)\.\.\. (\[ *\d+%\]) *(\S+)", text):
        text = f"{match[1]} {match[2]} {match[3]}"
    elif match := re.match(r".*/(\S+): (Execut(?:ing|ed) notebook.*) \[mystnb\]", text):
        text = f"{match[1]}: {match[2]}"
        if not live and "Executing" in text:
            return
    else:
        return
    if live:
        print(f"\r\033[K  {text[:76]}", end="", flush=True)
    elif "Executed" in text:
        print(f"  {text}", flush=True)


def build(root: Path, options: list[str]) -> tuple[int, str]:
    """Run Jupyter Book. Returns: its exit status and all it said, which is in the log too."""
    live, said = sys.stdout.isatty(), []
    (root / "_build").mkdir(exist_ok=True)
    with open(root / "_build/site.log", "w", encoding="utf-8") as log:
        child = subprocess.Popen(COMMAND + options, cwd=root, text=True, encoding="utf-8", errors="replace",
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            for line in child.stdout:
                log.write(line)
                said.append(line)
                show(line, live)
            status = child.wait()
        finally:
            if child.poll() is None:
                child.terminate()
                child.wait()
            if live:
                print("\r\033[K", end="", flush=True)
    return status, "".join(said)


def main(root: Path = ROOT) -> int:
    note = root / "_build/site.json"
    began = time.monotonic()
    options, state = prepare(root)
    note.unlink(missing_ok=True)        # an interrupted build counts as a failed one
    print("Building the site" + (", every page" if options else "") + " ...", flush=True)
    status, said = build(root, options)
    if status:
        print("The site was not built:", file=sys.stderr)
        told = failures(said, root) or [ANSI.sub("", line) for line in said.strip().splitlines()[-3:]]
        for failure in told[:MOST_TOLD]:
            print(f"  {failure}", file=sys.stderr)
        if len(told) > MOST_TOLD:
            print(f"  and {len(told) - MOST_TOLD} more", file=sys.stderr)
        print("The whole output is in _build/site.log. Mend the page and run make site again.", file=sys.stderr)
        note.write_text(json.dumps({"outputs": state["outputs"]}))
        return 1
    note.write_text(json.dumps(state | {"succeeded": True}))
    print(f"The site is in _build/html ({time.monotonic() - began:.0f} s).")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nInterrupted; run make again to go on.")
