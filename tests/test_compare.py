"""The comparison accepts what is right, refuses what is not, and names the usual causes."""

import numpy as np
import pytest

from autograder import compare
from autograder.wire import Other


@pytest.mark.parametrize("value", [2.0, 2, np.array(2.0), np.float64(2.0).item(), np.array(2), 2 + 1e-9])
def test_any_float_is_right(value):
    """Ints, floats and 0-d arrays count as numbers."""
    assert compare.number(value, 2.0, 1e-8, "algebra").passed


@pytest.mark.parametrize("value", [None, "2.0", True, Other("function"), [2.0], np.array([2.0]), 2j, float("nan"), float("inf"), 2.1])
def test_anything_else_is_wrong(value):
    """No text, no boolean, no list, no NaN passes for a number."""
    assert not compare.number(value, 2.0, 1e-8, "algebra").passed


@pytest.mark.parametrize("factor, word", [(2, "twice"), (0.5, "half"), (-1, "sign")])
def test_a_factor_is_named(factor, word):
    """A missing factor or a sign is recognised."""
    assert word in compare.number(factor * 1.7, 1.7, 1e-9, "algebra").hint


def test_single_precision_is_named():
    """A float32 answer that is nearly right gets the float32 hint."""
    assert "float32" in compare.number(float(np.float32(0.1234567891)), 0.1234567891, 1e-12, "algebra").hint


def test_a_suspect_is_named_before_a_factor():
    """A mistake that the reference foresaw is named in its words."""
    assert compare.number(4.0, 2.0, 1e-9, "algebra", {"doubled": 4.0}).hint == "doubled"


def test_one_wrong_element_is_pointed_at():
    """Where a single element is wrong, the hint says which."""
    outcome = compare.array(np.array([1.0, 2.5, 3.0]), np.array([1.0, 2.0, 3.0]), 1e-9, "algebra")
    assert not outcome.passed and "(1,)" in outcome.hint


@pytest.mark.parametrize("value", [np.ones((3, 1)), np.ones(3, np.float32), np.ones(3, int), [1.0, 1.0, 1.0], 1.0, None,
                                   np.array([1.0, np.nan, 1.0])])
def test_shape_and_dtype_count(value):
    """An array of another shape or dtype, a list, or a NaN is wrong."""
    assert not compare.array(value, np.ones(3), 1e-9, "algebra").passed


def test_a_scalar_is_right_for_shape_zero():
    """For a 0-d expectation a float is as good as a 0-d array."""
    assert compare.array(1.0, np.array(1.0), 1e-9, "algebra").passed
    assert compare.array(np.array(1.0), np.array(1.0), 1e-9, "algebra").passed


def test_refusals_need_the_right_exception():
    """A ValueError or a class derived from it counts; another exception or a value does not."""
    judge = compare.refuses()
    inputs = {"calls": ["h = 0"]}
    assert judge(inputs, [{"kinds": ["ValueError", "Exception"]}]).passed
    assert judge(inputs, [{"kinds": ["MyError", "ValueError"]}]).passed
    assert not judge(inputs, [{"kinds": ["ZeroDivisionError"]}]).passed
    assert not judge(inputs, [{"returned": "0.0"}]).passed
    assert not judge(inputs, []).passed
    assert not judge(inputs, None).passed


def test_threads_take_turns_with_float64():
    """Two threads that judge at the same time both compute in float64, and the setting comes back."""
    from concurrent.futures import ThreadPoolExecutor

    import jax
    import jax.numpy as jnp

    def dtype(_):
        with compare.x64():
            return str((jnp.ones(3) * 2).dtype)

    before = jax.config.jax_enable_x64
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(dtype, range(200))) == {"float64"}
    assert jax.config.jax_enable_x64 == before


@pytest.mark.parametrize("answer, said", [
    ({"raised": {"type": "KeyError", "message": "'x'", "line": "line 3 of f: d['x']"}}, "KeyError: 'x' (line 3 of f: d['x'])"),
    ({"raised": {"type": "TypeError", "message": "no"}}, "TypeError: no"), ({"raised": "text"}, ""), ({"value": 1.0}, ""), (None, ""), ([1], "")])
def test_an_exception_in_words(answer, said):
    """What a trial raised, with the student's line; nothing for an answer that is no exception."""
    assert compare.exception(answer) == said
