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
from tests.unit.api.test_queue_list import FAILING
from tests.unit.api.test_wire import CERBO_LIKE

PATIENTS = RowKind(PatientFields, records.patient, 3)
UNBOUNDED = RowKind(PatientFields, records.patient, 10_000)


def read(body: bytes | str, kind: RowKind[Patient] = PATIENTS, limit: int = 2) -> ListAnswer[Patient]:
    raw = body.encode() if isinstance(body, str) else body
    return list_answers.listed(list_answers.decoded(raw, kind), kind, limit)


def _told(value: object) -> object:
    try:
        rows = wire.rows_of(value, limit=2)
    except (BadAnswer, ServerRefused) as error:
        return type(error)
    return [records.patient(row) for row in rows.records], rows.has_more


@given(CERBO_LIKE)
def test_it_reads_what_the_reader_of_plain_values_reads(answer: object) -> None:
    body = json.dumps(answer).encode()
    assert _told(list_answers.decoded(body, UNBOUNDED).value) == _told(wire.decoded(body))


@pytest.mark.parametrize("rows", ['{"id":null},{"name":"x"}', '17,"text",null,[]', '{"id":{"x":1}}'])
def test_of_a_list_that_cannot_be_read_no_absence_is_made(rows: str) -> None:
    with pytest.raises(BadAnswer) as caught:
        read(f'{{"data":[{rows}],"has_more":false}}')
    assert caught.value.kind is BadAnswerKind.WRONG_SHAPE
    found = read(f'{{"data":[{rows},{{"id":5}}],"has_more":false}}', UNBOUNDED)
    assert [each.id for each in found.items] == ["5"]
    assert found.has_unread


@pytest.mark.parametrize(
    ("row", "is_lawful"),
    [
        ({"id": 1, "start_date_time": "2025-11-05 14:00:00"}, True),
        ({"id": 1, "start_date_time": "2025-11-05 14:00:00", "patient_details": None}, True),
        ({"id": 1, "datedeleted": "2025-11-05 14:00:00"}, True),
        ({"id": 1, "start_date_time": "2025-11-05 14:00:00", "patient_details": {"id": None}}, False),
        ({"id": 1, "start_date_time": "never", "patient_details": {"id": 7}}, False),
        ({"id": None, "start_date_time": None}, False),
    ],
)
def test_a_block_of_time_and_a_deleted_visit_are_no_faults(row: dict[str, object], is_lawful: bool) -> None:
    assert records.appointment(row) is None
    assert records.is_no_visit(row) is is_lawful


@pytest.mark.parametrize("answer", FAILING, ids=str)
def test_a_list_that_tells_of_a_failure_is_no_absence(answer: object) -> None:
    with pytest.raises(BadAnswer) as caught:
        read(json.dumps(answer), UNBOUNDED)
    assert caught.value.kind is BadAnswerKind.WRONG_SHAPE


def test_a_record_alone_speaks_of_itself() -> None:
    (found,) = read('{"id":5,"last_name":"Lopez","status":"invalid","login_error":"x"}').items
    assert found.last_name == "Lopez"


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
