"""Answers survive the way as JSON to the last bit, and nothing else gets in."""

import json
import math

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import wire


def there_and_back(value):
    return wire.decode(wire.unpack(wire.pack([wire.encode(value)]))[0])


@given(st.floats())
def test_floats_keep_every_bit(x):
    """Each float comes back the same, NaN and infinities included."""
    y = there_and_back(x)
    assert type(y) is float and (x == y or math.isnan(x) and math.isnan(y))
    assert math.copysign(1, x) == math.copysign(1, y) or math.isnan(x)


@pytest.mark.parametrize("dtype", ["float64", "float32", "complex128", "int64", "bool"])
@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (0,)])
def test_arrays_keep_shape_and_dtype(dtype, shape):
    """An array comes back with its shape, its dtype and its elements."""
    array = np.arange(math.prod(shape)).reshape(shape).astype(dtype)
    back = there_and_back(array)
    assert back.shape == shape and back.dtype == dtype and np.array_equal(back, array)


def test_jax_arrays_travel_as_numpy():
    """A JAX array is an array like any other."""
    assert np.array_equal(there_and_back(jnp.ones((2, 2))), np.ones((2, 2)))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x, max_size=4) | st.dictionaries(st.text(), x, max_size=4), max_leaves=10))
def test_containers_come_back(value):
    """Lists and dicts of plain values come back equal; integers to 400 digits."""
    assert there_and_back(value) == value


def test_a_function_is_no_answer():
    """What cannot travel arrives as the name of its type, which equals no number."""
    assert isinstance(there_and_back(test_a_function_is_no_answer), wire.Other)


class EqualToEverything(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


def test_an_object_equal_to_everything_arrives_as_a_number():
    """Overloaded comparison stays behind in the process that made it."""
    assert type(there_and_back(EqualToEverything(3.0))) is float


@pytest.mark.parametrize("forged", [
    {"float": "__import__('os')"}, {"float": 1.0}, {"float": "0x" + "1" * 50}, {"array": ["0x1p0"], "shape": [2], "dtype": "float64"},
    {"array": ["0x1p0"], "shape": [-1], "dtype": "float64"}, {"array": [], "shape": [0], "dtype": "object"}, {"int": "1" * 500},
    {"pickle": "gASV"}, 3.0, "text", {"map": []}, {"array": [["0x1p0"]], "shape": [1], "dtype": "complex128"},
])
def test_forged_answers_are_malformed(forged):
    """What `encode` cannot have written is refused."""
    with pytest.raises(wire.Malformed):
        wire.decode(forged)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
                    lambda x: st.lists(x, max_size=3) | st.dictionaries(st.sampled_from(["map", "array", "shape", "dtype", "float", "int", "a"]), x, max_size=4), max_leaves=12))
def test_decode_never_fails_otherwise(value):
    """Whatever JSON arrives, decoding gives a value or says that it is malformed."""
    try:
        wire.decode(value)
    except wire.Malformed:
        pass


def test_too_much_is_refused():
    """The cap holds on both sides, and for nesting."""
    with pytest.raises(wire.Malformed):
        wire.encode(np.zeros(10**6))
    with pytest.raises(wire.Malformed):
        wire.pack(["x" * wire.MAX_BYTES])
    with pytest.raises(wire.Malformed):
        wire.unpack(json.dumps(["x" * wire.MAX_BYTES]))
    with pytest.raises(wire.Malformed):
        wire.unpack("[" * 100_000)
    deep = []
    for _ in range(50):
        deep = [deep]
    with pytest.raises(wire.Malformed):
        wire.encode(deep)
