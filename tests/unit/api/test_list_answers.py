"""Lists read by their typed rows say the same as the tolerant reader of plain values, and no more than they may."""

import contextlib
import json

import pytest
from hypothesis import given, strategies as st

from cerbo_desktop.api import list_answers, records, wire
from cerbo_desktop.api.list_answers import ListAnswer, RowKind
from cerbo_desktop.api.row_fields import PatientFields
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, ServerRefused
from cerbo_desktop.domain.limits import MAX_JSON_COMMAS
from cerbo_desktop.domain.patient import Patient
from tests.unit.api.test_wire import CERBO_LIKE

PATIENTS = RowKind(PatientFields, records.patient, 3)
UNBOUNDED = RowKind(PatientFields, records.patient, 10_000)


def read(body: bytes | str, kind: RowKind[Patient] = PATIENTS, limit: int = 2) -> ListAnswer[Patient]:
    raw = body.encode() if isinstance(body, str) else body
    return list_answers.listed(list_answers.decoded(raw, kind), kind, limit)


def _told(answer: object, *, is_typed: bool) -> object:
    try:
        if is_typed:
            found = read(json.dumps(answer), UNBOUNDED)
            return [each.id for each in found.items], found.has_more
        rows = wire.rows_of(wire.decoded(json.dumps(answer).encode()), limit=2)
        kept = [patient for row in rows.records if (patient := records.patient(row)) is not None]
        return [each.id for each in kept], rows.has_more
    except (BadAnswer, ServerRefused) as error:
        return type(error)


@given(CERBO_LIKE)
def test_it_reads_what_the_reader_of_plain_values_reads(answer: object) -> None:
    assert _told(answer, is_typed=True) == _told(answer, is_typed=False)


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_our_errors(body: bytes) -> None:
    with contextlib.suppress(BadAnswer, ServerRefused):
        read(body)


def test_rows_past_the_ceiling_are_left_and_told() -> None:
    found = read(json.dumps({"data": [{"id": number} for number in range(1, 9)], "has_more": False}))
    assert [each.id for each in found.items] == ["1", "2", "3"]
    assert found.is_cut
    assert found.row_count == 8


@pytest.mark.parametrize("half", [r"\ud83d", r"\uDE00", r"\ud83d\ud83d", r"\ud83d\u0041"])
def test_half_a_character_spoils_one_text_only(half: str) -> None:
    body = rf'{{"data":[{{"id":1,"first_name":"A{half}"}},{{"id":2,"first_name":"\ud83d\ude00 \\ud83d"}}]}}'
    first, second = read(body).items
    assert first.first_name.startswith("A\ufffd")
    assert second.first_name == "\U0001f600 \\ud83d"


def test_a_number_that_no_computer_holds_spoils_one_field_only() -> None:
    huge = "9" * 5000
    found = read(
        f'{{"total_count":{huge},"data":[{{"id":1,"dob":{huge},"sex":1e999,"last_name":"Lopez"}},{{"id":2}}]}}'
    )
    assert [(each.id, each.last_name) for each in found.items] == [("1", "Lopez"), ("2", "")]


@pytest.mark.parametrize("body", [b'{"data":[{"id":NaN}]}', b"[" * 90_000 + b"]" * 90_000, b'{"data":[{"id":"\xff"}]}'])
def test_what_is_no_json_is_told(body: bytes) -> None:
    with pytest.raises(BadAnswer) as caught:
        read(body)
    assert caught.value.kind is BadAnswerKind.NOT_JSON


def test_more_in_it_than_any_list_has_is_refused_before_it_is_read() -> None:
    with pytest.raises(BadAnswer) as caught:
        read(b"[" + b"1," * (MAX_JSON_COMMAS + 1) + b"1]")
    assert caught.value.kind is BadAnswerKind.TOO_LARGE
