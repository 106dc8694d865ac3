"""The two cells that every handout has and no assignment's text: the first installs, the last hands in.

The addresses in the first one are those of this course's site and repository: `html: baseurl` and `repository: url`
of `_config.yml`, or the environment variables COURSE_BASEURL and COURSE_REPOSITORY, which come first.
"""

import os
import re
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from autograder.errors import UserError

CONFIG = Path(__file__).resolve().parent.parent / "_config.yml"
ADDRESS = re.compile(r"https?://[\w.~:/%@+-]+\Z")
GITHUB = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?\Z")
INSTALL = '''\
# The checks need the course's package. Where it is missing, as on Colab, this cell installs it.
import importlib.util

if importlib.util.find_spec("autograder") is None:
    import subprocess
    import sys

    pip = [sys.executable, "-m", "pip", "install", "--quiet"]
    for place in [{places}]:
        if subprocess.run([*pip, "--no-deps", place]).returncode == 0:
            break
    else:
        print("The package `autograder` is missing and could not be installed: {remedy}")
    missing = [name for name in ("numpy", "jax") if importlib.util.find_spec(name) is None]
    if missing:
        subprocess.run([*pip, *missing])
    importlib.invalidate_caches()'''
HAND_IN = '''\
# Makes the file to hand in. It asks for your name and student id.
from autograder import hand_in

hand_in("{slug}")'''


@lru_cache(maxsize=1)
def _settings(path: Path) -> dict:
    if not path.is_file():              # an installed package
        return {}
    import yaml

    return yaml.safe_load(path.read_text(encoding="utf-8")) or {}


def _address(variable: str, section: str, key: str) -> str:
    """An address, without a slash at its end; empty where none is set. Raises UserError for what is none."""
    settings = _settings(CONFIG).get(section) or {}
    found = (os.environ.get(variable) or settings.get(key) or "").rstrip("/")
    if found and not ADDRESS.match(found):
        raise UserError(f"{found!r} is no address of a site: expected https://… in the environment variable {variable}, "
                        f"or in _config.yml as `{section}: {key}`.")
    return found


def base_url() -> str:
    """Where the site is served; where that is not said, it is on the pages of the GitHub repository."""
    github = GITHUB.match(repository())
    user, name = github.groups() if github else ("", "")
    pages = f"https://{user.lower()}.github.io" + (f"/{name}" if name.lower() != f"{user.lower()}.github.io" else "")
    return _address("COURSE_BASEURL", "html", "baseurl") or (pages if github else "")


def repository() -> str:
    """Where the repository is."""
    return _address("COURSE_REPOSITORY", "repository", "url")


def package_version() -> str:
    """The version of the package that is installed here; "unknown" for one that is not installed."""
    try:
        return version("jax-autodiff-course")
    except PackageNotFoundError:
        return "unknown"


def wheel() -> str:
    """The file's name of the package as a wheel."""
    return f"jax_autodiff_course-{package_version()}-py3-none-any.whl"


def places() -> tuple[str, ...]:
    """What pip can install the package from, best first."""
    site, repo = base_url(), repository()
    return (*([f"{site}/wheels/{wheel()}"] if site else []), *([f"git+{repo}"] if repo else []))


def install_cell(found: tuple[str, ...]) -> str:
    """The code of a handout's first cell."""
    site = found[0] if found else ""
    remedy = (f"download {site} and run `%pip install --no-deps` with that file" if site.endswith(".whl") else
              f"clone {site.removeprefix('git+')} and run `make` in it" if site else
              "ask your instructor for the course's repository and run `make` in it")
    return INSTALL.format(places=", ".join(f'"{place}"' for place in found), remedy=f"{remedy}. Then restart the kernel.")


def is_install_cell(code: str) -> bool:
    """Whether a cell is a handout's first one, whatever the addresses in it."""
    def fixed(text: str) -> list[str]:
        return [line.rstrip() for line in text.strip().splitlines() if not line.lstrip().startswith(("for place in ", "print("))]

    return code.startswith(INSTALL[:40]) and fixed(code) == fixed(INSTALL)


def hand_in_cell(slug: str) -> str:
    """The code of a handout's last cell."""
    return HAND_IN.format(slug=slug)
