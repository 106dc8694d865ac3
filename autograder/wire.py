"""Answers as JSON: exact, capped, and checked by the side that trusts nobody.

Floats travel as hexadecimal text, so that NaN, inf and the last bit survive; arrays with shape
and dtype. `decode` accepts nothing else: what arrives was written by a stranger's process.
"""

import json
import math
import numbers
from typing import Any

import numpy as np

MIME = "application/vnd.autograder.answers+json"
MAX_BYTES = 200_000          # of one question's answers, as JSON text
MAX_TEXT = 2_000             # of one string
MAX_DEPTH = 8
DTYPES = {"float64", "float32", "float16", "complex128", "complex64", "int64", "int32", "bool"}


class Malformed(ValueError):
    """An answer that is no answer: too large, too deep, or of a kind that does not travel."""


def encode(value: Any, depth: int = 0) -> Any:
    """Turn numbers, arrays, strings, None, lists, tuples and dicts into plain JSON values."""
    if depth > MAX_DEPTH:
        raise Malformed("the answer is nested too deeply")
    if value is None or isinstance(value, (bool, np.bool_)):
        return value if value is None else bool(value)
    if isinstance(value, str):
        return {"text": str(value)[:MAX_TEXT]}
    if isinstance(value, (list, tuple)):
        return [encode(v, depth + 1) for v in value]
    if isinstance(value, dict):
        return {"map": {str(k)[:MAX_TEXT]: encode(v, depth + 1) for k, v in value.items()}}
    if isinstance(value, numbers.Integral) and not hasattr(value, "dtype"):
        return {"int": str(int(value))[:400]}
    if isinstance(value, numbers.Real) and not hasattr(value, "dtype"):
        return {"float": float(value).hex()}
    if hasattr(value, "dtype") and hasattr(value, "shape"):
        return _encode_array(np.asarray(value))
    if isinstance(value, numbers.Complex):
        return {"complex": [float(value.real).hex(), float(value.imag).hex()]}
    return {"other": type(value).__name__[:100]}


def _encode_array(array: np.ndarray) -> Any:
    if str(array.dtype) not in DTYPES:
        return {"other": f"an array of dtype {array.dtype}"[:100]}
    flat = array.ravel()
    if flat.size * 10 > MAX_BYTES:
        raise Malformed(f"the answer is an array of {flat.size} elements")
    if array.dtype.kind == "c":
        data = [[float(v.real).hex(), float(v.imag).hex()] for v in flat]
    else:
        data = [float(v).hex() for v in flat]
    return {"array": data, "shape": list(array.shape), "dtype": str(array.dtype)}


def decode(value: Any, depth: int = 0) -> Any:
    """Undo `encode`. Raises Malformed for anything that `encode` cannot have written.

    Returns None, bool, str, int, float, complex, list, dict, np.ndarray or `Other`.
    """
    if depth > MAX_DEPTH + 2:
        raise Malformed("nested too deeply")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, list):
        return [decode(v, depth + 1) for v in value]
    if not isinstance(value, dict):
        raise Malformed("not an encoded answer")
    try:
        match value:
            case {"text": str(text)} if len(value) == 1:
                return text[:MAX_TEXT]
            case {"int": str(text)} if len(value) == 1 and len(text) <= 400:
                return int(text)
            case {"float": str(text)} if len(value) == 1:
                return _number(text)
            case {"complex": [str(re), str(im)]} if len(value) == 1:
                return complex(_number(re), _number(im))
            case {"other": str(text)} if len(value) == 1:
                return Other(text[:100])
            case {"map": dict(items)} if len(value) == 1:
                return {str(k): decode(v, depth + 1) for k, v in items.items()}
            case {"array": list(data), "shape": list(shape), "dtype": str(dtype)} if dtype in DTYPES:
                return _decode_array(data, shape, dtype)
    except (TypeError, ValueError, OverflowError) as error:
        raise Malformed(str(error)) from None
    raise Malformed("not an encoded answer")


def _number(text: str) -> float:
    if len(text) > 40:
        raise Malformed("not a number")
    return float.fromhex(text)


def _decode_array(data: list, shape: list, dtype: str) -> np.ndarray:
    if any(type(n) is not int or n < 0 for n in shape) or math.prod(shape) != len(data):
        raise Malformed("shape and data do not fit")
    if dtype.startswith("complex"):
        values = [complex(_number(re), _number(im)) for re, im in data]
    else:
        values = [_number(text) for text in data]
    return np.array(values).astype(dtype).reshape(shape)


class Other(str):
    """The name of a type that does not travel, such as a function: no number, whatever it claims."""


def pack(answers: list) -> str:
    """JSON text of a question's answers; raises Malformed above the cap."""
    text = json.dumps(answers, separators=(",", ":"), allow_nan=False)
    if len(text) > MAX_BYTES:
        raise Malformed(f"the answers take {len(text)} bytes; at most {MAX_BYTES} are accepted")
    return text


def unpack(text: Any) -> list:
    """The list that `pack` wrote; raises Malformed for anything else."""
    if not isinstance(text, str) or len(text) > MAX_BYTES:
        raise Malformed("no answers, or too many bytes of them")
    try:
        answers = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"no JSON: {error}") from None
    if not isinstance(answers, list):
        raise Malformed("no list of answers")
    return answers
