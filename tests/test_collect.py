"""`autograder collect`: what students handed in gets to its place, and what nobody should take is refused by name."""

import io
import json
import os
import stat
import struct
import zipfile
from datetime import datetime, timedelta, timezone

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins.zipcollect import FileNameCollectorPlugin

from autograder import arrivals, collect, handout, naming, source, stamp
from autograder.course import Course
from autograder.errors import UserError
from tests.class_helpers import TOY, copy_of, environment, solution, tree, write_toy
from tests.grader_helpers import autograder

NOON = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory):
    """A course in which the toy was handed out; the toy is known here while the module's tests run."""
    folder = tmp_path_factory.mktemp("collect")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("AUTOGRADER_ASSIGNMENTS", str(write_toy(folder / "assignments")))
        course = Course(folder / "fresh")
        handout.hand_out(course, TOY)
        yield course


@pytest.fixture
def course(handed_out, tmp_path):
    return copy_of(handed_out, tmp_path / "course")


def notebook(student=None, time=NOON, name="Some Body", **functions) -> bytes:
    """A submission of the toy, with a stamp where a student is named."""
    plain = json.loads(nbformat.writes(solution(**functions)))
    if student is not None:
        plain = stamp.stamped(plain, TOY, stamp.Stamp(name, student, time, "0", stamp.hash_sources(plain["cells"])))
    return json.dumps(plain).encode()


def write_zip(path, files: dict[str, bytes], date=(2026, 3, 1, 10, 0, 0)):
    """A zip of these files, all of one date."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, date), content, zipfile.ZIP_DEFLATED)
    return path


def zipped(files: dict[str, bytes]) -> bytes:
    write_zip(buffer := io.BytesIO(), files)
    return buffer.getvalue()


def states(rows) -> dict[str, str]:
    """What became of each student's file; of a file without a student, under its label's last part."""
    return {row.student or row.file.rpartition(": ")[2]: row.state for row in rows}


def one(course, path, **options):
    rows = collect.collect(course, [path], **options)
    assert len(rows) == 1, rows
    return rows[0]


def put(path, content: bytes):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


# ---- a class, through the command line, real nbgrader's gradebook, and back

def downloads(folder):
    """The bulk downloads of Canvas and of Moodle, five students in all."""
    return [write_zip(folder / "canvas.zip", {
        "lovelaceada_4021_77310_toy-ada.ipynb": notebook("ada"),
        "turingalan_LATE_4022_77311_toy-1.ipynb": notebook(double="return 3 * x"),
        "curiemarie_4023_77312_work.zip": zipped({"my work/toy.ipynb": notebook("marie", square="return x"),
                                                  "__MACOSX/my work/._toy.ipynb": b"\0\1"})}),
        write_zip(folder / "moodle.zip", {
            "Grace B. Hopper_1234567_assignsubmission_file_/toy.ipynb": notebook(),
            "Emmy_Noether_1234568_assignsubmission_file_toy.ipynb": notebook(square="return 0")})]


def test_a_class_from_canvas_and_moodle_is_graded(handed_out, course, tmp_path):
    """The platforms' own zips are collected, and `grade` finds and scores each of them."""
    zips = downloads(tmp_path)
    env = environment(handed_out.root.parent / "assignments")
    run = autograder("collect", *zips, "--course-dir", course.root, "--json", tmp_path / "rows.json", env=env)
    rows = json.loads((tmp_path / "rows.json").read_text())
    assert run.returncode == 0, run.stdout + run.stderr
    assert {r["student"]: r["status"] for r in rows} == dict.fromkeys(("ada", "4022", "marie", "1234567", "1234568"), "collected")
    assert "Canvas marked it late" in {r["student"]: r["said"] for r in rows}["4022"]
    run = autograder("grade", TOY, "--course-dir", course.root, env=env)
    assert run.returncode == 0, run.stdout + run.stderr
    with Gradebook(course.db_url) as book:
        found = {s.student.id: (s.score, s.timestamp) for s in book.assignment_submissions(TOY)}
    assert {student: score for student, (score, _) in found.items()} == {
        "ada": 5, "4022": 3, "marie": 2, "1234567": 5, "1234568": 2}
    assert found["ada"][1] == NOON.replace(tzinfo=None)
    assert course.submission("ada", TOY).read_bytes() == notebook("ada")


def test_collecting_again_changes_nothing(course, tmp_path):
    """A second run finds all of it there, and leaves every file as it is."""
    zips = downloads(tmp_path)
    collect.collect(course, zips)
    before = tree(course.submitted)
    assert {row.state for row in collect.collect(course, zips)} == {"unchanged"} and tree(course.submitted) == before


def test_a_dry_run_writes_nothing(course, tmp_path):
    """It says what a real run would, of two attempts too, and no file of the course changes."""
    attempts = [put(tmp_path / f"{n}.ipynb", notebook("ada", NOON + timedelta(hours=n), double=f"return {n}")) for n in (1, 2)]
    before = tree(course.root)
    dry = collect.collect(course, attempts, dry_run=True)
    assert [row.state for row in dry] == ["collected", "replaced"] and tree(course.root) == before
    assert [row.state for row in collect.collect(course, attempts)] == ["collected", "replaced"]


def test_a_folder_is_searched_through(course, tmp_path):
    """Notebooks and zips at any depth; what systems leave behind is passed over, a link is not followed."""
    folder = tmp_path / "in"
    put(folder / "a" / "b" / "toy-ada.ipynb", notebook())
    put(folder / "c.zip", zipped({"toy-bob (1).ipynb": notebook()}))
    put(folder / ".ipynb_checkpoints" / "toy-eve.ipynb", notebook())
    put(folder / "Thumbs.db", b"x")
    secret = put(tmp_path / "elsewhere" / "toy-mallory.ipynb", notebook())
    (folder / "link.ipynb").symlink_to(secret)
    (folder / "deeper").symlink_to(secret.parent)
    rows = collect.collect(course, [folder])
    assert [row.student for row in rows if row.state == "collected"] == ["bob", "ada"]
    assert [("link" in row.said) for row in rows if row.state == "refused"] == [True, True]
    assert not course.submission("mallory", TOY).exists()


# ---- whose it is

@pytest.mark.parametrize("path, student, late", [
    ("all/lovelaceada_4021_77310_finite_differences.ipynb", "4021", False),
    ("lovelaceada_LATE_4021_77310_a_b_1_2-3.ipynb", "4021", True),
    ("all/lovelaceada_4021_77310_work/sub/toy.ipynb", "4021", False),
    ("all/Ada_B Lovelace_1234567_assignsubmission_file_/toy.ipynb", "1234567", False),
    ("Ada Lovelace_1234567_assignsubmission_file_toy.ipynb", "1234567", False),
    ("all/Ada Lovelace_1234567_assignsubmission_file/toy.ipynb", "1234567", False),
    ("toy.ipynb", None, False), ("my_notebook_1.ipynb", None, False), ("a_1_b.ipynb", None, False)])
def test_names_that_platforms_give(path, student, late):
    """The id that Canvas or Moodle put into a file's name, and whether Canvas marked it late; None for other names."""
    named = naming.by_platform(path)
    assert (named and (named.student, named.late)) == (student and (student, late))


def test_patterns_are_those_of_nbgrader(course):
    """A pattern finds the student that nbgrader's own plugin finds in the same path."""
    path, regex = "archive/ps1_bitdiddle_attempt_2016-01-30_toy.ipynb", r".*_(?P<student_id>\w+)_attempt_(?P<timestamp>[0-9\-]+)_(?P<file_id>\w+)"
    plugin = FileNameCollectorPlugin()
    plugin.named_regexp = regex
    assert naming.by_pattern(path, naming.pattern(regex)).student == plugin.collect(path)["student_id"] == "bitdiddle"


def test_a_pattern_goes_before_the_stamp(course, tmp_path):
    """With --pattern or nbgrader's setting the path decides, so that nobody hands in under another's id."""
    path = write_zip(tmp_path / "all.zip", {"eve_9_1_toy.ipynb": notebook("ada")})
    regex = r".*/[a-z]+_(?P<student_id>\d+)_"
    assert one(course, path, dry_run=True).student == "ada"
    assert one(course, path, own=regex, dry_run=True).student == "9"
    with open(course.root / "nbgrader_config.py", "a") as config:
        config.write(f"c.FileNameCollectorPlugin.named_regexp = {regex!r}\n")
    assert one(Course(course.root), path).student == "9"
    row = one(course, put(tmp_path / "other.ipynb", notebook("ada")), own=regex)
    assert row.state == "refused" and "your pattern" in row.said


@pytest.mark.parametrize("regex, words", [("(", "no regular expression"), (".*", "names no student")])
def test_a_pattern_that_cannot_be_used(course, tmp_path, regex, words):
    """It is wrong use, and says what is missing."""
    with pytest.raises(UserError, match=words):
        collect.collect(course, [put(tmp_path / "x.ipynb", notebook("ada"))], own=regex)


BAD_IDS = ["", " ", ".", "..", "../bob", "a/b", "a\\b", "-x", ".x", "x.", "x" * 65, "con", "NUL.txt", "com1", "lpt¹", "a\nb", "a\0b",
           "ada\u202e", "\u200bada", "a b", "a:b", "~root", "ä" * 40]


@pytest.mark.parametrize("student", BAD_IDS, ids=ascii)
def test_ids_that_cannot_be_folders(course, tmp_path, student):
    """Such a stamp is refused, and nothing is written anywhere."""
    before = tree(course.submitted) if course.submitted.exists() else None
    row = one(course, put(tmp_path / "x.ipynb", notebook(student)))
    assert row.state == "refused" and "is no student id" in row.said and row.said.isprintable()
    assert (tree(course.submitted) if course.submitted.exists() else None) == before


@pytest.mark.parametrize("student", ["ada", "Ada.Lovelace", "s1234567", "ada@example.org", "a-b_c", "josé", "7", "console"])
def test_ids_that_can(student):
    """Letters of any script, digits, and signs between them; white space around is dropped."""
    assert stamp.student_id(f" {student}\n") == student


def test_two_spellings_of_one_folder(course, tmp_path):
    """Where a system takes Ada for ada, one would overwrite the other: the second is refused."""
    paths = [put(tmp_path / f"{name}.ipynb", notebook(name)) for name in ("Ada", "ada")]
    rows = collect.collect(course, paths)
    assert [row.state for row in rows] == ["collected", "refused"] and "spelt 'Ada'" in rows[1].said


def test_a_file_that_says_nobodys_name(course, tmp_path):
    """Without a stamp and under an ordinary name, the message says how to name it."""
    row = one(course, put(tmp_path / "toy.ipynb", notebook()))
    assert row.state == "refused" and "toy-<student id>.ipynb" in row.said


# ---- which one counts

@pytest.mark.parametrize("first", [1, 2])
def test_the_newest_counts_in_whatever_order(course, tmp_path, first):
    """Of two attempts the one with the later stamp stays; none is lost."""
    files = {n: put(tmp_path / f"{n}.ipynb", notebook("ada", NOON + timedelta(hours=n), double=f"return {n}")) for n in (1, 2)}
    rows = collect.collect(course, [files[first]]) + collect.collect(course, [files[3 - first]])
    assert [row.state for row in rows] == (["collected", "replaced"] if first == 1 else ["collected", "older"])
    assert course.submission("ada", TOY).read_bytes() == files[2].read_bytes()
    assert course.submission("ada", TOY).with_name("timestamp.txt").read_text() == "2026-03-02 14:00:00 UTC\n"
    kept = [p.read_bytes() for p in (course.private / "replaced").rglob("*.ipynb")]
    assert kept == ([files[1].read_bytes()] if first == 1 else [])


def test_without_stamps_the_dates_in_the_zip_count(course, tmp_path):
    """The later date wins; of the same date, neither replaces the other."""
    def handed(n, date):
        return write_zip(tmp_path / f"{n}.zip", {"a_1_2_toy.ipynb": notebook(double=f"return {n}")}, date)

    assert one(course, handed(1, (2026, 3, 1, 10, 0, 0))).state == "collected"
    row = one(course, handed(2, (2026, 3, 1, 10, 0, 0)))
    assert row.state == "refused" and "same time" in row.said
    assert one(course, handed(3, (2026, 3, 1, 9, 0, 0))).state == "older"
    assert one(course, handed(4, (2026, 3, 1, 11, 0, 0))).state == "replaced"


def test_a_submission_put_there_by_hand_is_not_overwritten_by_an_older_one(course, tmp_path):
    """Its own date counts where it has no timestamp.txt."""
    path = put(course.submission("ada", TOY), notebook(double="return 7"))
    row = one(course, put(tmp_path / "x.ipynb", notebook("ada")))
    assert row.state == "older" and path.read_bytes() == notebook(double="return 7")


def test_a_stamp_from_the_future(course, tmp_path):
    """It would win for ever; so the file's own date counts, and a remark says so."""
    row = one(course, put(tmp_path / "x.ipynb", notebook("ada", NOON.replace(year=9999))))
    assert row.state == "collected" and "future" in row.said and not row.time.startswith("9999")


def test_two_senders_of_one_id(course, tmp_path):
    """Who hands in under another's id is not taken for them, in this run or a later one; nor is the same file."""
    collect.collect(course, [write_zip(tmp_path / "1.zip", {"ada_1_10_toy.ipynb": notebook("ada")})])
    for n, content in enumerate([notebook("ada", NOON + timedelta(days=1), double="return 0"), notebook("ada")]):
        row = one(course, write_zip(tmp_path / "2.zip", {f"eve_2_1{n}_toy.ipynb": content}))
        assert row.state == "refused" and "Canvas user 1" in row.said and "Canvas user 2" in row.said
    assert course.submission("ada", TOY).read_bytes() == notebook("ada")
    assert one(course, write_zip(tmp_path / "3.zip", {"ada_1_99_toy.ipynb": notebook("ada", NOON + timedelta(1))})).state == "replaced"


def test_the_same_code_of_two_students(course, tmp_path):
    """A remark names the other, whatever the outputs and the text around; untouched handouts are no such case."""
    untouched = json.dumps(json.loads(nbformat.writes(source.skeleton(TOY)))).encode()
    files = {"a_1_1_toy.ipynb": notebook(double="return 2*x  # mine"), "b_2_1_toy.ipynb": notebook("bob", double="return 2*x  # mine"),
             "c_3_1_toy.ipynb": untouched, "d_4_1_toy.ipynb": untouched, "e_5_1_toy.ipynb": notebook()}
    rows = collect.collect(course, [write_zip(tmp_path / "all.zip", files)])
    assert {row.state for row in rows} == {"collected"}
    assert {row.student: row.said for row in rows if row.said} == {"bob": "Its code is the same as that of 1."}


def test_cells_changed_after_the_stamp(course, tmp_path):
    """A remark says so; running the notebook again is no change."""
    data = json.loads(notebook("ada"))
    for cell in data["cells"]:
        cell |= {"outputs": [], "execution_count": 7} if cell["cell_type"] == "code" else {}
        cell["source"] = cell["source"].splitlines(keepends=True) if isinstance(cell["source"], str) else "".join(cell["source"])
    assert one(course, put(tmp_path / "x.ipynb", json.dumps(data).encode()), dry_run=True).said == ""
    data["cells"][-1]["source"] = "hand_in('toy')  # changed"
    assert "changed after it was stamped" in one(course, put(tmp_path / "x.ipynb", json.dumps(data).encode())).said


# ---- what is refused

def test_tricks_in_a_zip(course, tmp_path):
    """Paths that lead out, links, passwords, control characters: each is refused, the honest file beside them is taken."""
    names = ["../../toy-eve.ipynb", "/tmp/toy-eve.ipynb", "C:/toy-eve.ipynb", "a/../../toy-eve.ipynb", "..\\toy-eve.ipynb",
             "toy-eve\u202e.ipynb", "toy-eve\n.ipynb"]
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, notebook("eve"))
        link = zipfile.ZipInfo("toy-link.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("toy-ada.ipynb", notebook())
    before = {p for p in tmp_path.rglob("*") if course.root not in p.parents}
    rows = collect.collect(course, [path])
    assert [row.state for row in rows] == ["refused"] * 8 + ["collected"] and rows[-1].student == "ada"
    assert all(row.file.isprintable() for row in rows)
    assert {p for p in tmp_path.rglob("*") if course.root not in p.parents} == before
    assert os.listdir(course.submitted) == ["ada"]


def test_a_zip_with_a_password(course, tmp_path):
    """The entry says that it is locked; so does the message."""
    content = bytearray(zipped({"toy-ada.ipynb": notebook()}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(mark) + offset
        content[place:place + 2] = struct.pack("<H", 1)
    assert "password" in one(course, put(tmp_path / "x.zip", bytes(content))).said


def test_bombs(course, tmp_path, monkeypatch):
    """What unpacks to far more than its size, is too large, too many or too deep is not read, and the rest is."""
    monkeypatch.setattr(arrivals, "MAX_NOTEBOOK", 3_000_000)
    bombs = {"a_1_1_x.ipynb": b" " * 2_000_000, "b_2_1_x.ipynb": os.urandom(3_000_001),
             "c_3_1_x.zip": zipped({"y.zip": zipped({"toy.ipynb": notebook()})}), "toy-ada.ipynb": notebook()}
    rows = collect.collect(course, [write_zip(tmp_path / "all.zip", bombs)])
    assert [row.state for row in rows] == ["refused", "refused", "refused", "collected"]
    assert all(words in row.said for words, row in zip(["times its size", "larger than", "zip in a zip in a zip"], rows))


def test_a_size_that_lies(course, tmp_path):
    """An entry that says it is small and is not gives no more than it says, and is damaged then."""
    content = bytearray(zipped({"toy-ada.ipynb": notebook() + b" " * 5_000_000}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = content.index(mark) + offset
        content[place:place + 4] = struct.pack("<I", 1000)
    row = one(course, put(tmp_path / "x.zip", bytes(content)))
    assert row.state == "refused" and "damaged" in row.said


def test_an_archive_that_unpacks_to_too_much(course, tmp_path, monkeypatch):
    """It is read up to the limit, those in it included, and no further."""
    monkeypatch.setattr(arrivals, "MAX_UNPACKED", 3 * len(notebook()))
    files = {f"toy-s{n}.ipynb": notebook() for n in range(2)} | {"z.zip": zipped({f"toy-z{n}.ipynb": notebook() for n in range(9)})}
    rows = collect.collect(course, [write_zip(tmp_path / "all.zip", files)])
    assert states(rows)["s0"] == states(rows)["s1"] == "collected" and rows[-1].state == "refused" and len(rows) < 6


def test_an_archive_of_too_many_files(course, tmp_path, monkeypatch):
    """Nothing in it is read; zips within count, too."""
    monkeypatch.setattr(arrivals, "MAX_FILES", 3)
    inner = zipped({f"toy-s{n}.ipynb": notebook() for n in range(3)})
    rows = collect.collect(course, [write_zip(tmp_path / "all.zip", {"toy-ada.ipynb": notebook(), "x.zip": inner})])
    assert [row.state for row in rows] == ["collected", "refused"] and "more than 3 files" in rows[1].said


@pytest.mark.parametrize("name, content, words", [
    ("notes.pdf", b"%PDF", "no notebook"), ("x.zip", b"no zip", "no zip, or damaged"), ("x.ipynb", b"", "empty"), ("x.ipynb", b"{", "JSON"),
    ("x.ipynb", b"[1]", "no notebook"), ("x.ipynb", b'{"cells": []}', "handout"), ("x.ipynb", b"\xff\xfe\x00", "notebook"),
    ("x.ipynb", b"[" * 200_000, "nested"),
    ("x.ipynb", b'{"cells": [], "metadata": {"autograder": {"assignment": "../../etc"}}}', "no assignment '../../etc'")])
def test_what_is_no_submission(course, tmp_path, name, content, words):
    """Each is refused with the reason, from the disk and from a zip, and the file stays."""
    path = put(tmp_path / name, content)
    row = one(course, path)
    assert row.state == "refused" and words in row.said and path.read_bytes() == content
    if name != "x.zip":
        assert words in one(course, write_zip(tmp_path / "all.zip", {name: content})).said


def test_an_assignment_that_was_not_handed_out(handed_out, course, tmp_path):
    """It is known, but not in this course directory; and a notebook of another than --assignment is refused."""
    (course.release / TOY / f"{TOY}.ipynb").unlink()
    assert "was not handed out here" in one(course, put(tmp_path / "x.ipynb", notebook("ada"))).said
    with pytest.raises(UserError, match="no assignment 'essay'"):
        collect.collect(course, [tmp_path], slug="essay")


def test_wrong_use_is_one_line(course, tmp_path):
    """A path that is not there, and a folder that is no course directory: exit status 2."""
    for path, folder, words in [(tmp_path / "none", course.root, "no such file"), (tmp_path, tmp_path / "c", "handed out")]:
        run = autograder("collect", path, "--course-dir", folder)
        assert run.returncode == 2 and words in run.stderr and run.stderr.count("\n") == 1 and not run.stdout


def test_refusals_give_exit_status_1(handed_out, course, tmp_path):
    """What was good is collected all the same, and the last line counts."""
    path = write_zip(tmp_path / "all.zip", {"toy-ada.ipynb": notebook(), "notes.txt": b"hello"})
    run = autograder("collect", path, "--course-dir", course.root, env=environment(handed_out.root.parent / "assignments"))
    assert run.returncode == 1 and run.stdout.endswith("1 collected, 1 refused\n") and course.submission("ada", TOY).exists()
