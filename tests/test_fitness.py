"""Every assignment is fit to be handed out: right work scores all, wrong work loses where it must.

The specimens run as submissions do, in kernels of their own, through the whole grader.
"""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from autograder import assignment, asking, course, grading, source, specimen, verdict, wire
from tests.grader_helpers import save

SLUGS = assignment.slugs()
# In the order of the tests that ask for them.
SPECIMENS = {(slug, kind, s.name): s for kind in ("right", "wrong") for slug in SLUGS for s in specimen.all_of(slug, kind)}
SECRET = b"the secret of the fitness tests"


@pytest.fixture(scope="module")
def graded(tmp_path_factory, request):
    """Grade notebooks in kernels, two at a time; each one once. The specimens that this run asks for start at once."""
    asked = {item.callspec.params["key"] for item in request.session.items
             if item.path == request.path and "key" in getattr(item, "callspec", SimpleNamespace(params={})).params}
    folder, pool, jobs = tmp_path_factory.mktemp("fitness"), ThreadPoolExecutor(2), {}
    at_once = ThreadPoolExecutor(1)                 # for what shall not wait for all specimens

    def submit(key, make):
        if key not in jobs:
            path = save(make(), folder / "-".join(key) / f"{key[0]}.ipynb")
            jobs[key] = (pool if key in SPECIMENS else at_once).submit(grading.grade_notebook, path, SECRET)
        return jobs[key]

    for key, one in SPECIMENS.items():
        if key in asked:
            submit(key, lambda: specimen.fill(key[0], one))
    yield lambda key, make=None: submit(key, make).result()
    pool.shutdown(cancel_futures=True)
    at_once.shutdown()


@pytest.mark.parametrize("slug", SLUGS)
def test_the_reference_scores_all(graded, slug):
    """The instructor's own solution gets every point."""
    result = graded((slug, "reference"), lambda: source.source_notebook(slug))
    assert result.score == result.max_score and 10 <= result.max_score <= 25


@pytest.mark.parametrize("slug", SLUGS)
def test_the_handout_scores_nothing(graded, slug):
    """The untouched handout gets no point, and each question says that it waits."""
    result = graded((slug, "handout"), lambda: source.skeleton(slug))
    assert result.score == 0 and {v.status for v in result.verdicts} == {"missing"}


@pytest.mark.parametrize("key", [k for k in SPECIMENS if k[1] == "right"], ids="-".join)
def test_a_right_specimen_scores_all(graded, key):
    """However it is written, right is right."""
    result = graded(key)
    assert result.score == result.max_score, "\n".join(v.report() for v in result.verdicts if v.status != "passed")


@pytest.mark.parametrize("key", [k for k in SPECIMENS if k[1] == "wrong"], ids="-".join)
def test_a_wrong_specimen_loses_where_it_is_wrong(graded, key):
    """Each named question loses points, no other does, and the report explains each loss."""
    result, named = graded(key), SPECIMENS[key].noticed_by
    lost = {v.question for v in result.verdicts if v.score < v.points}
    assert named and lost == set(named)
    for v in result.verdicts:
        if v.question in named:
            assert any(o.came for _, o in v.outcomes if not o.passed) or "by hand" in v.summary, v.report()
    reports = " ".join(" ".join(v.report().split()) for v in result.verdicts)
    assert [words for words in SPECIMENS[key].says if words not in reports] == [], reports


@pytest.mark.parametrize("slug", SLUGS)
def test_there_are_specimens_enough(slug):
    """At least 6 right ones, complete in themselves, and 20 wrong ones that name a question; five prove a diagnosis."""
    right, wrong = specimen.all_of(slug, "right"), specimen.all_of(slug, "wrong")
    names = set(assignment.load(slug, "questions").QUESTIONS)
    cells = {source.grade_id(c) for c in source.skeleton(slug).cells if source.is_solution(c)}
    assert len(right) >= 6 and len(wrong) >= 20 and sum(bool(s.says) for s in wrong) >= 5
    assert all(set(s.cells) == cells for s in right)
    assert all(set(s.noticed_by) <= names and s.noticed_by for s in wrong)
    assert names == {q for s in wrong for q in s.noticed_by}, "each question needs a wrong specimen"


@pytest.mark.parametrize("slug", SLUGS)
def test_every_question_has_a_reference_and_a_graded_cell(slug):
    """Questions, references and the notebook's check cells are the same set; points are 1 to 4."""
    questions, points = assignment.load(slug, "questions").QUESTIONS, source.points(slug)
    assert set(questions) == set(assignment.load(slug, "references").REFERENCES) == set(points)
    assert all(1 <= p <= 4 for p in points.values())


@pytest.mark.parametrize("key", [k for k in SPECIMENS if k[1] == "right"], ids="-".join)
def test_right_is_right_for_any_seed(key):
    """Right specimens pass on many seeds, so that no seed is unfair."""
    slug, space = key[0], {}
    setup = next(c.source for c in source.skeleton(slug).cells if source.grade_id(c) == "setup")
    exec(setup, space)
    exec(compile(SPECIMENS[key].path.read_text(), str(SPECIMENS[key].path), "exec"), space)  # our own file
    for name, things in [specimen.asked(c, space) for c in source.source_notebook(slug).cells if source.is_graded(c)]:
        for seed in range(5):
            result = verdict.judge(slug, name, wire.pack(asking.ask(slug, name, things, seed)), seed)
            assert result.status == "passed", f"seed {seed}: {result.report()}"


def test_secrets_give_seeds_of_their_own():
    """Another secret or question gives another seed; the same ones the same."""
    seeds = {course.seed(s, "a", q) for s in (b"1", b"2") for q in ("x", "y")}
    assert len(seeds) == 4 and course.seed(b"1", "a", "x") in seeds
