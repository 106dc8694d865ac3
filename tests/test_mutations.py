"""Random harm to a notebook: reading and transplanting never raise anything but UserError, and never invent points."""

import copy
import json
import random

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder import grading, source
from autograder.errors import UserError
from autograder.matching import normal
from autograder.submission import plain_cell, read_submission
from autograder.transplant import transplant
from tests.grader_helpers import SLUG

STEADY = dict(database=None, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
SKELETON = json.loads(nbformat.writes(source.skeleton(SLUG)))
SECRET = b"mutations"


def filled():
    """The reference solutions in the handout, as plain JSON."""
    nb = json.loads(nbformat.writes(source.source_notebook(SLUG)))
    for cell in nb["cells"]:
        cell["source"] = source.MARKER.sub("", "".join(cell["source"]))
    return nb


FILLED = filled()
VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
                      lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=6)


def grade_ids(nb):
    return [(c.get("metadata") or {}).get("nbgrader", {}).get("grade_id") for c in nb["cells"]]


def is_test(cell):
    mine = cell.get("metadata", {})
    mine = mine.get("nbgrader", {}) if isinstance(mine, dict) else {}
    return isinstance(mine, dict) and mine.get("grade") is True


def where_tests(nb):
    return [i for i, c in enumerate(nb["cells"]) if is_test(c)]


# What touches test cells, metadata and ids only: the student's code is as it was.
def delete_test(nb, rnd, value):
    if where_tests(nb):
        del nb["cells"][rnd.choice(where_tests(nb))]


def edit_test(nb, rnd, value):
    for i in where_tests(nb)[: rnd.randint(0, 7)]:
        nb["cells"][i]["source"] = rnd.choice(["", "1000.0", "check = print", "x = 1\ny = 2", str(value)])


def duplicate_test(nb, rnd, value):
    if where_tests(nb):
        nb["cells"].insert(rnd.randrange(len(nb["cells"]) + 1), copy.deepcopy(nb["cells"][rnd.choice(where_tests(nb))]))


def retype_test(nb, rnd, value):
    for i in where_tests(nb)[: rnd.randint(0, 7)]:
        nb["cells"][i]["cell_type"] = rnd.choice(["markdown", "raw", "heading", "x"])


def move_tests(nb, rnd, value):
    moved = [nb["cells"][i] for i in where_tests(nb)]
    rest = [c for c in nb["cells"] if not is_test(c)]
    for cell in moved:
        rest.insert(rnd.randrange(len(rest) + 1), cell)
    nb["cells"] = rest


def spoil_cell_metadata(nb, rnd, value):
    for cell in nb["cells"]:
        if rnd.random() < 0.5 and not is_test(cell):
            cell["metadata"] = copy.deepcopy(value)


def spoil_ids(nb, rnd, value):
    for cell in nb["cells"]:
        if rnd.random() < 0.5:
            cell["id"] = rnd.choice(["same", copy.deepcopy(value)])
        elif rnd.random() < 0.5:
            cell.pop("id", None)


def spoil_outputs(nb, rnd, value):
    for cell in nb["cells"]:
        cell["outputs"], cell["execution_count"], cell["attachments"] = (copy.deepcopy(value) for _ in range(3))


def spoil_versions(nb, rnd, value):
    nb["nbformat"], nb["nbformat_minor"] = rnd.choice([4, 5, value]), rnd.choice([0, 2, 5, 9, value])
    nb["metadata"].pop("kernelspec", None)
    nb["metadata"]["language_info"] = copy.deepcopy(value)


# What touches the student's code too.
def delete_cell(nb, rnd, value):
    if nb["cells"]:
        del nb["cells"][rnd.randrange(len(nb["cells"]))]


def shuffle(nb, rnd, value):
    rnd.shuffle(nb["cells"])


def retype_any(nb, rnd, value):
    for cell in nb["cells"]:
        if isinstance(cell, dict) and rnd.random() < 0.3:
            cell["cell_type"] = rnd.choice(["code", "markdown", "raw", value])


def mix_texts(nb, rnd, value):
    cells = [c for c in nb["cells"] if isinstance(c, dict)]
    if cells:
        rnd.choice(cells)["source"] = copy.deepcopy(rnd.choice(cells).get("source"))


def spoil_any_field(nb, rnd, value):
    """A random value anywhere in the notebook."""
    place, way = nb, []
    while isinstance(place, (dict, list)) and place and (not way or rnd.random() < 0.8):
        way.append((place, rnd.choice(list(place) if isinstance(place, dict) else range(len(place)))))
        place = place[way[-1][1]]
    if way:
        way[-1][0][way[-1][1]] = copy.deepcopy(value)


HARMLESS = [delete_test, edit_test, duplicate_test, retype_test, move_tests, spoil_cell_metadata, spoil_ids, spoil_outputs, spoil_versions]
HARMFUL = [delete_cell, shuffle, retype_any, mix_texts, spoil_any_field]


def plans(mutations, most=4):
    return st.tuples(st.lists(st.sampled_from(mutations), min_size=1, max_size=most), st.integers(0, 2**32), VALUES)


def harmed(base, plan):
    steps, seed, value = plan
    nb, rnd = copy.deepcopy(base), random.Random(seed)
    for step in steps:
        if not isinstance(nb.get("cells"), list) or not all(isinstance(c, dict) for c in nb["cells"]):
            break
        if step in HARMLESS and not isinstance(nb.get("metadata"), dict):
            break
        step(nb, rnd, value)
    return nb


def read_back(nb, folder):
    """Through a file and the reader: the transplanted notebook, or None where it was rejected in one sentence."""
    path = folder / f"{SLUG}.ipynb"
    path.write_bytes(nb if isinstance(nb, bytes) else json.dumps(nb).encode())
    try:
        _, submission = read_submission(path, SLUG)
    except UserError as error:
        assert str(path) in str(error) and "\n" not in str(error)
        return None
    merged = transplant(submission, source.skeleton(SLUG))
    nbformat.validate(merged)
    nbformat.writes(merged).encode("utf-8")
    return merged


def graded(nb):
    return [(source.grade_id(c), c.cell_type, "".join(c.source), dict(c.metadata["nbgrader"])) for c in nb.cells if source.is_graded(c)]


def solutions(nb):
    return {source.grade_id(c): normal(c.source) for c in nb.cells if source.is_solution(c)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("mutations")


@settings(max_examples=150, **STEADY)
@given(plan=plans(HARMLESS))
def test_harm_beside_the_code_changes_no_code(folder, plan):
    """Whatever happens to test cells, metadata, ids, outputs and versions: the same solutions meet the same tests."""
    merged = read_back(harmed(FILLED, plan), folder)
    assert graded(merged) == graded(source.skeleton(SLUG))
    want = {k: normal(source.MARKER.sub("", t)) for k, t in solutions(source.source_notebook(SLUG)).items()}
    assert solutions(merged) == want
    order = [source.grade_id(c) for c in merged.cells if source.grade_id(c)]
    assert order == [source.grade_id(c) for c in source.skeleton(SLUG).cells if source.grade_id(c)]


@settings(max_examples=200, **STEADY)
@given(plan=plans(HARMLESS + HARMFUL, 6), base=st.sampled_from([FILLED, SKELETON]))
def test_any_harm_keeps_the_tests(folder, plan, base):
    """Any harm gives a rejection or a valid notebook with the handout's tests, and code that was in it before."""
    nb = harmed(base, plan)
    merged = read_back(nb, folder)
    if merged is None:
        return
    assert graded(merged) == graded(source.skeleton(SLUG))
    said = "\n".join(plain_cell(c).source for c in nb["cells"] if isinstance(c, dict)).splitlines()
    known = {line.rstrip() for line in [*said, *"\n".join(c.source for c in source.skeleton(SLUG).cells).splitlines()]}
    for text in solutions(merged).values():
        assert {line for line in text.splitlines() if line} <= known


@settings(max_examples=150, **STEADY)
@given(plan=plans(HARMLESS + HARMFUL, 6))
def test_harm_to_a_handout_writes_no_solution(folder, plan):
    """However an untouched handout is mangled, no cell of it turns into a solution."""
    merged = read_back(harmed(SKELETON, plan), folder)
    if merged is not None:
        real = solutions(source.source_notebook(SLUG))
        for key, text in solutions(merged).items():
            assert text != normal(source.MARKER.sub("", real[key]))


@settings(max_examples=150, **STEADY)
@given(cuts=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=5), part=st.sampled_from([1, 1, 0.3, 0.99]))
def test_corrupt_bytes_are_read_or_rejected(folder, cuts, part):
    """Bytes overwritten anywhere, and the end cut off: one sentence, or a valid notebook."""
    content = bytearray(json.dumps(FILLED).encode())
    for where, what in cuts:
        at = int(where * len(content))
        content[at:at + len(what)] = what
    merged = read_back(bytes(content[: int(part * len(content))]), folder)
    if merged is not None:
        assert graded(merged) == graded(source.skeleton(SLUG))


@settings(max_examples=150, **STEADY)
@given(content=st.binary(max_size=200) | VALUES.map(lambda v: json.dumps(v).encode())
       | VALUES.map(lambda v: json.dumps({"cells": [v, {"cell_type": "code", "source": v, "metadata": v}], "metadata": v}).encode()))
def test_random_bytes_and_values(folder, content):
    """Any bytes and any JSON: one sentence, or a valid notebook."""
    read_back(content, folder)


@settings(max_examples=12, **STEADY)
@given(plan=plans(HARMLESS + [delete_cell, shuffle, retype_any], 4), half=st.booleans())
def test_harm_never_raises_a_score(folder, plan, half):
    """Run and judged: no harm gives an untouched handout or a half right solution more points than it had."""
    base = copy.deepcopy(SKELETON)
    done = list(source.points(SLUG))[::2] if half else []
    full = dict(zip(grade_ids(FILLED), (c["source"] for c in FILLED["cells"])))
    for cell, key in zip(base["cells"], grade_ids(base)):
        if key in done:
            cell["source"] = full[key]
    path = folder / f"{SLUG}.ipynb"
    if read_back(harmed(base, plan), folder) is not None:
        result = grading.grade_notebook(path, SECRET, SLUG)
        assert result.score <= sum(source.points(SLUG)[q] for q in done)
        assert len(result.verdicts) == len(source.points(SLUG))
