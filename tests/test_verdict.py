"""A question's verdict: partial credit, what is no answer, and whose fault a failure is."""

import pytest

from autograder import asking, assignment, verdict, wire
from autograder.errors import NotGradable
from tests.grader_helpers import SLUG

QUESTION = "forward_difference"


def right(f, x, h):
    if not 0 < h < float("inf"):
        raise ValueError("h")
    return (f(x + h) - f(x)) / h


def judged(function, seed=3):
    return verdict.judge(SLUG, QUESTION, wire.pack(asking.ask(SLUG, QUESTION, (function,), seed)), seed)


def test_right_answers_score_one():
    """A right function passes every case."""
    assert judged(right).status == "passed" and judged(right).score == 1.0


def test_partial_credit_goes_by_cases():
    """Without the refusals the value cases still count."""
    result = judged(lambda f, x, h: (f(x + h) - f(x)) / h if h else 0.0)
    assert result.status == "partial" and 0 < result.score < 1
    assert result.score == sum(o.passed for _, o in result.outcomes) / len(result.outcomes)


def test_an_untouched_function_is_missing():
    """NotImplementedError in every case means that nothing was written."""
    def untouched(f, x, h):
        raise NotImplementedError()

    assert judged(untouched).status == "missing"


def test_the_students_exception_is_reported():
    """An exception appears with its type and text."""
    report = judged(lambda f, x, h: {}["no such key"]).report()
    assert "KeyError" in report and "no such key" in report


def test_jax_grad_earns_nothing_and_is_told_why():
    """A derivative taken by a transform scores 0, even where it is caught, and the message says why."""
    import jax

    def smuggled(f, x, h):
        try:
            return float(jax.grad(f)(float(x)))
        except Exception:
            return right(f, x, h)

    for function in (smuggled, lambda f, x, h: jax.grad(f)(float(x))):
        result = judged(function)
        assert result.score == 0 and "by hand" in result.summary


def test_jit_and_vmap_are_no_derivatives():
    """Compiling or batching f cannot work, and costs what it breaks; it is not called smuggling."""
    import jax

    def falls_back(f, x, h):
        for transform in (jax.jit, lambda g: lambda v: jax.vmap(g)(jax.numpy.array([v]))):
            with pytest.raises(TypeError, match="plain NumPy"):
                transform(f)(float(x))
        return right(f, x, h)

    assert judged(falls_back).status == "passed"
    assert judged(lambda f, x, h: jax.jit(f)(float(x))).status == "failed"
    for hidden in (lambda f: jax.jit(jax.grad(f)), lambda f: jax.jacfwd(f), lambda f: lambda x: jax.jvp(f, (x,), (1.0,))[1],
                   lambda f: lambda x: jax.vmap(jax.grad(f))(jax.numpy.array([x]))[0]):
        assert "by hand" in judged(lambda f, x, h: hidden(f)(float(x))).summary


@pytest.mark.parametrize("answers", ["", "[]", "{}", "null", "[1,2]", None, 7, "[" * 5000, '[{"value":{"float":"0x1p0"}}]'])
def test_broken_answers_score_nothing(answers):
    """Answers that are cut off, forged or missing give 0, never an error and never a point."""
    assert verdict.judge(SLUG, QUESTION, answers, 3).score == 0


def test_answers_to_another_seed_are_wrong():
    """Answers worked out for the public inputs do not fit the hidden ones."""
    answers = wire.pack(asking.ask(SLUG, QUESTION, (right,), asking.PUBLIC_SEED))
    result = verdict.judge(SLUG, QUESTION, answers, 12345)
    values = [o.passed for title, o in result.outcomes if "must raise" not in title]
    assert not all(values) and sum(values) <= 1


def test_our_own_fault_is_not_gradable(monkeypatch):
    """A reference that fails raises NotGradable: never a zero."""
    monkeypatch.setitem(assignment.load(SLUG, "references").REFERENCES, QUESTION, lambda inputs, value: 1 / 0)
    with pytest.raises(NotGradable):
        judged(right)


def test_the_report_names_input_answer_and_reference():
    """A failed case says which input, what came, what JAX says, and a hint."""
    report = judged(lambda f, x, h: 2 * right(f, x, h)).report()
    for word in ("at x =", "what came", "expected", "JAX", "twice too large"):
        assert word in report


def test_questions_are_known_by_name():
    """An unknown slug or question is a clear error that lists the known ones."""
    for question in ("finite_difference/forward_difference", "finite_differences/forwards", "nothing", "../x/y"):
        with pytest.raises(Exception, match="finite_differences|forward_difference"):
            asking.check(question, right)


def test_seeds_change_the_inputs_and_nothing_else():
    """The same seed gives the same cases; another seed gives others, as many."""
    for name in assignment.load(SLUG, "questions").QUESTIONS:
        titles = {seed: [c.title for c in assignment.cases(SLUG, name, seed)] for seed in (1, 2)}
        assignment.cases.cache_clear()
        assert titles[1] == [c.title for c in assignment.cases(SLUG, name, 1)]
        assert len(titles[1]) == len(titles[2])
