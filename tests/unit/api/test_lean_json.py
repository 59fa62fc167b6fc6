"""JSON whose long texts are emptied on their way, in pieces of any size."""

import json

import pytest
from hypothesis import given, strategies as st

from cerbo_desktop.api.lean_json import LeanJson
from tests.unit.api.test_wire import ANY_JSON

_LONG = 70_000


def _lean(body: bytes, piece_bytes: int) -> bytes:
    lean = LeanJson()
    for start in range(0, len(body), piece_bytes):
        lean.take(body[start : start + piece_bytes])
    return lean.text()


@given(ANY_JSON, st.integers(1, 9))
def test_what_has_no_long_text_stays_as_it_is(value: object, piece_bytes: int) -> None:
    body = json.dumps(value).encode()
    assert _lean(body, piece_bytes) == body


@pytest.mark.parametrize("text", ["A" * _LONG, "\\/" * _LONG, '\\"' * _LONG, "\\\\" * _LONG, "é" * _LONG])
@pytest.mark.parametrize("piece_bytes", [7, 4_096, 1_000_000])
def test_long_texts_are_emptied(text: str, piece_bytes: int) -> None:
    body = f'{{"id":"5","base64_content":"{text}","notes":"a \\"b\\" \\\\","data":["{text}"],"x":1}}'.encode()
    found = json.loads(_lean(body, piece_bytes))
    assert found == {"id": "5", "base64_content": "", "notes": 'a "b" \\', "data": [""], "x": 1}


@pytest.mark.parametrize("body", [b"<html>", b'{"id": "5', b'{"id": "' + b"A" * _LONG, b"", b'"' + b"\\" * 3])
def test_what_is_no_whole_json_stays_none(body: bytes) -> None:
    assert len(_lean(body, 5)) <= len(body)
    with pytest.raises(ValueError):
        json.loads(_lean(body, 5))
