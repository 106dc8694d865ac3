"""What the site serves to students works where there is nothing but JAX and NumPy, and gives no solution away."""

import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import nbformat
import pytest
from packaging.requirements import Requirement

from autograder import assignment, frame, handout, outline, source
from autograder.course import Course
from tests.grader_helpers import ROOT, SLUG, autograder, cell_of, save
from tests.kernel_helpers import kernel
from tests.test_contributing import build, copy_of_the_frame
from tools import downloads

STUDENTS_HAVE = ("jax", "matplotlib", "ipykernel", "pip")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The folder of a site with the downloads in it."""
    html = tmp_path_factory.mktemp("html")
    downloads.main(html)
    return html


@pytest.fixture(scope="module")
def students_python(tmp_path_factory):
    """An interpreter that has JAX, matplotlib and a kernel, with what they need, and nothing else: links to those here."""
    folder = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    lib = Path(subprocess.run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], capture_output=True,
                              text=True, check=True).stdout.strip())
    for found in needed(STUDENTS_HAVE).values():
        for name in {file.parts[0] for file in found.files if file.parts[0] not in ("..", "__pycache__")}:
            if not (lib / name).exists():
                (lib / name).symlink_to(Path(found.locate_file(name)))
    return python


def needed(names) -> dict[str, Distribution]:
    """The distributions of these names and all that they require here."""
    found, new = {}, list(names)
    while new:
        name = re.sub(r"[-_.]+", "-", new.pop()).lower()
        if name not in found:
            try:
                found[name] = distribution(name)
            except PackageNotFoundError:
                continue                # of another system
            wanted = [Requirement(text) for text in found[name].requires or []]
            new += [r.name for r in wanted if r.marker is None or r.marker.evaluate({"extra": ""})]
    return found


def wheel_of(served) -> Path:
    return served / "wheels" / frame.wheel()


def test_no_solution_is_in_the_wheel(served):
    """Its texts are those with the solutions cut out; no line of a solution, no specimen, is in any file."""
    with zipfile.ZipFile(wheel_of(served)) as wheel:
        files = {name: wheel.read(name).decode() for name in wheel.namelist()}
    assert not [name for name in files if "specimen" in name and "/assignments/" in name]
    for slug in assignment.slugs():
        text = files[f"autograder/assignments/{slug}/{slug}.md"]
        assert "### BEGIN SOLUTION" not in text and text == outline.without_solutions(assignment.text(slug))
        handed = source.skeleton(slug)
        for key, code in source.solutions(slug).items():
            stub = cell_of(handed, key).source
            own = [line.strip() for line in code.splitlines() if len(line.strip()) > 30 and line.strip() not in stub]
            assert own and not [line for line in own if line in text]
    assert not [name for name in files if "secret" in name or name.endswith((".ipynb", ".toml"))]


def test_the_handouts_are_those_of_the_course(served, tmp_path):
    """The site serves the very notebooks that `autograder handout` makes; the zip has one, and a README."""
    for slug in assignment.slugs():
        made = handout.hand_out(Course(tmp_path / "course"), slug).read_bytes()
        assert (served / "handouts" / f"{slug}.ipynb").read_bytes() == made
        with zipfile.ZipFile(served / "handouts" / f"{slug}.zip") as archive:
            assert archive.read(f"{slug}/{slug}.ipynb") == made and slug.encode() in archive.read(f"{slug}/README.txt")
            assert archive.namelist() == [f"{slug}/{slug}.ipynb", f"{slug}/README.txt"]


def test_a_second_build_makes_nothing(served):
    """Nothing changed, so that every file stays as it is; with another address they are made anew."""
    before = {path: path.stat().st_mtime_ns for path in served.rglob("*")}
    downloads.main(served)
    assert {path: path.stat().st_mtime_ns for path in served.rglob("*")} == before


def test_a_student_runs_a_handout_with_the_wheel_alone(served, students_python, tmp_path):
    """The first cell installs the wheel, without anything else; the checks, the table and the hand-in cell work."""
    nb = source.source_notebook(SLUG)
    cell_of(nb, "richardson").source = cell_of(source.skeleton(SLUG), "richardson").source
    cell_of(nb, "install").source = frame.install_cell((str(tmp_path / "none.whl"), str(wheel_of(served))))
    save(nb, tmp_path / f"{SLUG}.ipynb")
    with kernel(tmp_path, str(students_python), PIP_NO_INDEX="1") as run:
        assert "ModuleNotFoundError" in run("import autograder")
        said = {source.grade_id(c): run(c.source) for c in nb.cells if c.cell_type == "code" and source.grade_id(c) != "hand_in"}
        handed = run(frame.hand_in_cell(SLUG), "yes", "Ada", "ada")
        others = run("import importlib.util; [n for n in ('nbgrader', 'nbformat', 'jupytext', 'yaml') if importlib.util.find_spec(n)]")
    assert others == "[]"
    assert "Error" not in " ".join(said.values()).replace("NotImplementedError", "")
    checks = {key: text[0] for key, text in said.items() if key and key.startswith("check_")}
    assert checks == {f"check_{q}": "✗" if q == "richardson" else "✓" for q in source.points(SLUG)}
    assert "16.00 of 20" in said["progress"] and f"{SLUG}-ada.ipynb is made" in handed
    run = autograder("check", tmp_path / f"{SLUG}-ada.ipynb")
    assert "16 of 20 points" in run.stdout, run.stderr


@pytest.mark.parametrize("slug", assignment.slugs())
def test_every_question_can_be_checked_with_the_wheel(served, students_python, tmp_path, slug):
    """No reference and no question needs more than JAX and NumPy."""
    code = ("import sys, types; sys.path.insert(0, sys.argv[1]); import autograder; from autograder import assignment as a\n"
            f"assert '.whl' in autograder.__file__ or 'site' in autograder.__file__, autograder.__file__\n"
            f"for q in a.load('{slug}', 'questions').QUESTIONS: autograder.check('{slug}/' + q, None)\n"
            f"assert set(a.load('{slug}', 'references').REFERENCES) == set(a.load('{slug}', 'questions').QUESTIONS)\n"
            f"autograder.progress('{slug}')")
    site = tmp_path / "site"
    zipfile.ZipFile(wheel_of(served)).extractall(site)
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHONPATH", "AUTOGRADER"))} | {"JAX_PLATFORMS": "cpu"}
    run = subprocess.run([students_python, "-c", code, str(site)], cwd=tmp_path, capture_output=True, text=True, env=env)
    assert run.returncode == 0 and f"0.00 of {sum(source.points(slug).values()):g}" in run.stdout, run.stderr[-2000:]


def test_no_address_means_a_sentence(students_python, tmp_path):
    """Where the package is missing and no address is set, the first cell says what to do, and does nothing else."""
    cell = frame.install_cell(()).replace('"autograder"', '"no_such_package"')       # another test installs the real one
    with kernel(tmp_path, str(students_python)) as run:
        said = run(cell)
    assert said == ("The package `autograder` is missing and could not be installed: ask your instructor for the course's "
                    "repository and run `make` in it. Then restart the kernel.\n")


@pytest.mark.parametrize("site, repository, places", [
    ("https://example.org/course/", "", ["https://example.org/course/wheels/{wheel}"]),
    ("", "https://github.com/Org/Repo", ["https://org.github.io/Repo/wheels/{wheel}", "git+https://github.com/Org/Repo"]),
    ("", "https://git.example.org/a/b", ["git+https://git.example.org/a/b"]), ("", "", [])])
def test_where_the_package_comes_from(monkeypatch, site, repository, places):
    """The site first, then the repository; a GitHub repository's pages where the site's address is not set."""
    monkeypatch.setenv("COURSE_BASEURL", site)
    monkeypatch.setenv("COURSE_REPOSITORY", repository)
    monkeypatch.setattr(frame, "CONFIG", ROOT / "none.yml")
    assert list(frame.places()) == [place.format(wheel=frame.wheel()) for place in places]
    cell = cell_of(source.source_notebook(SLUG), "install").source
    compile(cell, "cell", "exec")
    assert all(f'"{place}"' in cell for place in frame.places())


def test_addresses_from_the_config(monkeypatch, tmp_path):
    """`html: baseurl` and `repository: url` of _config.yml count where the environment says nothing."""
    for name in ("COURSE_BASEURL", "COURSE_REPOSITORY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "_config.yml").write_text("repository: {url: https://github.com/o/r}\nhtml: {baseurl: https://o.example/}\n")
    monkeypatch.setattr(frame, "CONFIG", tmp_path / "_config.yml")
    assert (frame.base_url(), frame.repository()) == ("https://o.example", "https://github.com/o/r")


@pytest.mark.parametrize("address", ["example.org", 'https://a.b/"; import os', "https://a.b/c d", "file:///etc", "https://a\nb"])
def test_an_address_that_is_none(monkeypatch, address):
    """It stands in code that students run, so anything but an address is an error that names the variable."""
    monkeypatch.setenv("COURSE_BASEURL", address)
    with pytest.raises(frame.UserError, match="COURSE_BASEURL"):
        frame.places()


def test_another_address_changes_no_score(tmp_path, monkeypatch):
    """A handout made for one site is graded by a course that is set to another: its first cell is no work of the student's."""
    from autograder import grading
    from autograder.submission import read_submission
    from autograder.transplant import transplant

    monkeypatch.setenv("COURSE_BASEURL", "https://example.org/one")
    path = save(source.source_notebook(SLUG), tmp_path / f"{SLUG}.ipynb")
    monkeypatch.setenv("COURSE_BASEURL", "https://example.org/two")
    laid = transplant(read_submission(path)[1], source.skeleton(SLUG))
    assert len(laid.cells) == len(source.skeleton(SLUG).cells)
    assert "example.org/one" not in "".join(c.source for c in laid.cells)
    graded = grading.grade_notebook(path)
    assert graded.score == graded.max_score


def test_the_site_has_the_downloads(site):
    """The built site serves every assignment's notebook and zip, and the wheel, and its page links to them."""
    page = (site / "book" / "assignments.html").read_text(encoding="utf-8")
    assert ("colab.research" in page) == frame.repository().startswith("https://github.com/")
    for slug in assignment.slugs():
        for end in (".ipynb", ".zip"):
            assert f'href="../handouts/{slug}{end}"' in page and (site / "handouts" / f"{slug}{end}").is_file()
        assert nbformat.read(site / "handouts" / f"{slug}.ipynb", 4).metadata.autograder.assignment == slug
    assert wheel_of(site).is_file()


def test_a_wrong_link_or_a_tool_that_fails_fails_the_build(tmp_path, monkeypatch):
    """An assignment that does not exist is a warning with file and line; so is it when the files cannot be made.
    The link to Colab is made of the repository's address."""
    monkeypatch.setenv("COURSE_REPOSITORY", "https://github.com/Org/Repo")
    folder = copy_of_the_frame(tmp_path)
    (folder / "assignments" / "toy").mkdir(parents=True)
    (folder / "assignments" / "toy" / "questions.py").write_text("")
    with open(folder / "_toc.yml", "a") as toc:
        toc.write("  - file: book/get\n")
    (folder / "book" / "get.md").write_text("(get)=\n# Get one\n\nGet {handout}`toy`.\n\nAnd {handout}`no_such`.\n")
    run = build(folder)
    said = run.stdout + run.stderr
    assert run.returncode != 0 and "get.md:6: WARNING: handout: there is no assignment 'no_such'; the assignments are toy" in said
    assert "tools/downloads.py: the handouts were not made" in said
    page = (folder / "_build" / "html" / "book" / "get.html").read_text(encoding="utf-8")
    assert 'href="https://colab.research.google.com/github/Org/Repo/blob/gh-pages/handouts/toy.ipynb"' in page
