"""Lists by their typed rows: each likely form is read, and of what is not understood no absence is made."""

import contextlib
import json
from functools import partial

import pytest
from hypothesis import given, strategies as st

from cerbo_desktop.api import list_answers, paging, records
from cerbo_desktop.api.list_answers import ListAnswer, RowKind
from cerbo_desktop.api.row_fields import PatientFields, PhotoFields
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, ServerRefused
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.limits import MAX_JSON_COMMAS
from cerbo_desktop.domain.patient import Patient
from tests.unit.api.test_queue_list import FAILING
from tests.unit.api.test_wire import CERBO_LIKE, OF_EIGHT

PATIENTS = RowKind(PatientFields, records.patient, 3)
NAMED = RowKind(PatientFields, records.patient, 10_000, names=("patients", "patient", "people"))
UNBOUNDED = RowKind(PatientFields, records.patient, 10_000)


def read(body: bytes | str, kind: RowKind[Patient] = PATIENTS, limit: int = 2) -> ListAnswer[Patient]:
    raw = body.encode() if isinstance(body, str) else body
    return list_answers.listed(list_answers.decoded(raw, kind), kind, limit)


@pytest.mark.parametrize(
    ("rows", "count"), [('{"id":null},{"name":"x"}', 2), ('17,"text",null,[]', 4), ('{"id":{"x":1}}', 1)]
)
def test_of_a_list_that_cannot_be_read_no_absence_is_made(rows: str, count: int) -> None:
    with pytest.raises(BadAnswer) as caught:
        read(f'{{"data":[{rows}],"has_more":false}}')
    assert caught.value.kind is BadAnswerKind.WRONG_SHAPE
    found = read(f'{{"data":[{rows},{{"id":5}}],"has_more":false}}', UNBOUNDED)
    assert [each.id for each in found.items] == ["5"]
    assert found.unreadable_count == count


@pytest.mark.parametrize(
    ("row", "is_lawful"),
    [
        ({"id": 1, "start_date_time": "2025-11-05 14:00:00"}, False),
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


PHOTOS = RowKind(
    PhotoFields,
    partial(records.photo, patient_id=PatientId("7")),
    10_000,
    records.is_deleted_photo,
    names=("images",),
)
_GONE = "2025-11-05 09:41:00"


@pytest.mark.parametrize(
    ("mark", "is_deleted"),
    [
        ({"deleted": True}, True),
        ({"deleted": 1}, True),
        ({"deleted": _GONE}, True),
        ({"is_deleted": "true"}, True),
        ({"deleted_at": _GONE}, True),
        ({"date_deleted": "2025-11-05"}, True),
        ({"datedeleted": _GONE}, True),
        ({"status": "Deleted"}, True),
        ({"deleted": False}, False),
        ({"is_deleted": "0"}, False),
        ({"deleted_at": None, "datedeleted": "0000-00-00 00:00:00"}, False),
        ({"status": "active"}, False),
        *(({name: True}, True) for name in ("isDeleted", "removed", "is_archived", "void", "entered_in_error")),
        *(({name: _GONE}, True) for name in ("deletedAt", "dateDeleted", "deleted_on", "removedAt", "voided_at")),
        *(({"deleted": word}, True) for word in ("Y", "yes", "T", "True")),
        *(({"status": word}, True) for word in ("removed", "Archived", "entered-in-error", "Entered in error", "VOID")),
        *(({"deleted": word}, False) for word in ("N", "no", "F", "never", "")),
        *(({"status": word}, False) for word in ("pending", "not deleted", "inactive")),
        *(({name: True}, False) for name in ("hidden", "is_final", "undeleted", "remover")),
        # A database's zero as a date, and what went before the photo came.
        *(({"deleted_at": f"{day} 00:00:00"}, False) for day in ("1970-01-01", "1900-01-01", "0000-00-00")),
        ({"deletedAt": "1969-12-31T19:00:00-05:00"}, False),
        ({"date_deleted": "1969-12-31"}, False),
        ({"deleted_at": {"date": "1970-01-01 00:00:00.000000", "timezone": "UTC"}}, False),
        ({"created": "2025-11-05 08:00:00", "deleted_at": "2019-02-03 10:00:00"}, False),
        ({"created": "2025-11-05 08:00:00", "date_taken": "2018-05-05", "deleted_at": "2019-02-03 10:00:00"}, True),
        ({"created": "2025-11-05 01:00:00", "date_deleted": "2025-11-04"}, True),  # a day without a zone
    ],
    ids=str,
)
def test_a_photo_that_is_marked_as_deleted_is_left_out_and_is_no_fault(
    mark: dict[str, object], is_deleted: bool
) -> None:
    rows = [{"id": 1, "mime_type": "image/jpeg"}, {"id": 2, "mime_type": "image/jpeg", **mark}]
    answer = json.dumps({"data": rows, "has_more": False, "total_count": 2}).encode()
    found = list_answers.listed(list_answers.decoded(answer, PHOTOS), PHOTOS, 100)
    assert [photo.id for photo in found.items] == (["1"] if is_deleted else ["1", "2"])
    assert (found.row_count, found.unreadable_count) == (2, 0)
    assert paging.listing(found).is_complete


@pytest.mark.parametrize(
    ("status", "waits"),
    [
        *((each, True) for each in ("pending", "Queued", "awaiting approval", "unaccepted", "not yet accepted")),
        *((each, False) for each in ("", "active", "accepted", "approved", "not shown")),
    ],
)
def test_a_photo_whose_status_says_that_it_waits_is_marked(status: str, waits: bool) -> None:
    answer = json.dumps({"data": [{"id": 1, "status": status}], "has_more": False}).encode()
    (photo,) = list_answers.listed(list_answers.decoded(answer, PHOTOS), PHOTOS, 100).items
    assert photo.is_waiting is waits


def test_a_page_of_deleted_photos_alone_has_none() -> None:
    answer = json.dumps({"data": [{"id": 1, "deleted": True}], "total_count": 1}).encode()
    assert not list_answers.listed(list_answers.decoded(answer, PHOTOS), PHOTOS, 100).items


@pytest.mark.parametrize("told", OF_EIGHT, ids=str)
def test_whatever_names_another_patient_is_read_from_a_row(told: dict[str, object]) -> None:
    answer = json.dumps({"data": [{"id": 1}, {"id": 2, **told}], "has_more": False}).encode()
    with pytest.raises(BadAnswer) as caught:
        list_answers.listed(list_answers.decoded(answer, PHOTOS), PHOTOS, 100)
    assert caught.value.kind is BadAnswerKind.OTHER_PATIENT


@pytest.mark.parametrize("answer", FAILING, ids=str)
def test_a_list_that_tells_of_a_failure_is_no_absence(answer: object) -> None:
    with pytest.raises(BadAnswer) as caught:
        read(json.dumps(answer), UNBOUNDED)
    assert caught.value.kind is BadAnswerKind.WRONG_SHAPE


def test_a_record_alone_speaks_of_itself() -> None:
    (found,) = read('{"id":5,"last_name":"Lopez","status":"invalid","login_error":"x"}').items
    assert found.last_name == "Lopez"


@pytest.mark.parametrize(
    ("answer", "ids", "has_more"),
    [
        ({"object": "list", "total_count": 9, "has_more": True, "data": [{"id": 1}, {"id": "2"}]}, "1 2", True),
        ({"data": [{"id": 1}], "has_more": "0"}, "1", False),
        ([{"id": 1}, {"id": 2}], "1 2", True),
        ([{"id": 1}], "1", False),
        ({"data": {"0": {"id": 1}, "1": {"id": 2}}}, "1 2", True),
        ({"data": {"id": 4, "last_name": "x"}}, "4", False),
        ({"data": {"data": [{"id": 5}], "has_more": True}}, "5", True),
        ({"data": None}, "", False),
        ({"data": []}, "", False),
        ({"data": {}}, "", False),
        ({"object": "list", "total_count": 0, "has_more": False}, "", False),
        ({"id": 3, "sex": "F"}, "3", False),
        ({"object": "patient", "id": 3}, "3", False),
        # Anything may have an id, also what is around the rows.
        ({"id": "req-77", "status": "ok", "results": [{"id": 1}]}, "1", False),
        ({"id": "r", "data": {"patients": [{"id": 1}]}}, "1", False),
        ({"jsonrpc": "2.0", "id": 1, "result": [{"id": 7}]}, "7", False),
        ({"id": "r", "results": []}, "", False),
        ({"data": [None, 4, "x", {"id": 6}]}, "6", True),
        # Rows under another likely name, nested or keyed.
        ({"object": "list", "total_count": 1, "has_more": False, "people": [{"id": 5401.0}]}, "5401", False),
        *[({name: [{"id": 1}], "count": 1}, "1", False) for name in ("results", "items", "records", "entries", "rows")],
        ({"data": {"patients": [{"id": 1}], "total": 1}}, "1", False),
        ({"response": {"data": {"items": [{"id": 1}]}}}, "1", False),
        ({"result": True, "id": 9, "data": [{"id": 1}]}, "1", False),
        ({"id": 9, "object": "practice", "patients": [{"id": 1}]}, "1", False),
        ({"7": {"last_name": "A"}, "9": {"last_name": "B"}}, "7 9", True),
        ({"patients": {"7": {"last_name": "A"}, "9": {"last_name": "B"}}}, "7 9", True),
        ({"patients": {"7": {"id": 70}}}, "70", False),
        ({"object": "list", "total_count": 2, "has_more": False, "0": {"id": 3}, "1": {"id": 4}}, "3 4", False),
        ({"data": [], "items": [{"id": 1}]}, "1", False),
        ({"data": [{"id": 1}], "included": [{"id": 2}]}, "1", False),
        ({"patients": [{"id": 1}], "items": [{"id": 2}]}, "1", False),
        ({"data": [{"id": 1}], "meta": {"next_page": 2}}, "1", True),
        *[
            ({"data": [{"id": 1}], name: value}, "1", True)
            for name, value in (
                *(
                    ("next_page", 2),
                    ("nextPageToken", "x"),
                    ("cursor", "x"),
                    ("continuation", "x"),
                    ("next_token", "x"),
                ),
                *(("@odata.nextLink", "/x"), ("nextUrl", "/x"), ("continuationToken", "x"), ("has_next", True)),
                *(("hasNextPage", 1), ("is_truncated", "true"), ("is_last", False), ("moreAvailable", True)),
            )
        ],
        *[
            ({"data": [{"id": 1}], name: note}, "1", True)
            for name, note in (
                *(("links", {"next": "/x"}), ("paging", {"next": "/x"}), ("meta", {"has_next": True})),
                *(("_links", {"next": {"href": "/x"}}), ("meta", {"pagination": {"next_cursor": "x"}})),
                *(("pagination", {"page": 1, "total_pages": 2}), ("page", {"number": 0, "has_next": True})),
            )
        ],
        ({"data": [{"id": 1}], "page": 1, "pages": 1, "next": None, "cursor": "", "is_last": True}, "1", False),
        ({"data": [{"id": 1}], "meta": {"has_next": False, "next_page": None}}, "1", False),
        ({"data": [{"id": 1}], "number": 3, "totalElements": 1}, "1", False),
        ({"data": [{"id": 1}], "links": [{"rel": "self"}, {"rel": "next", "href": "x"}]}, "1", True),
        ({"patients": None, "total": 0}, "", False),
    ],
    ids=str,
)
def test_the_forms_of_a_list(answer: object, ids: str, has_more: bool) -> None:
    found = read(json.dumps(answer), NAMED)
    assert " ".join(each.id for each in found.items) == ids
    assert found.has_more is has_more


@pytest.mark.parametrize(
    "answer",
    [
        *(
            4,
            "x",
            {"error": {"message": "no"}},
            {"message": "no"},
            {"data": "x"},
            {},
            {"object": "list"},
            {"data": False},
        ),
        # It names rows that it does not show, or shows them under a name that nobody thought of.
        *({"data": [], "total_count": 3}, {"data": None, "count": 1}, {"data": [], "meta": {"total": 4}}),
        *({"object": "list", "has_more": False, "stuff": [{"id": 1}]}, {"data": [], "stuff": [{"id": 1}]}),
        *(
            {"total": 0, "stuff": {"1": {"id": 1}}},
            {"data": {"has_more": False}},
            {"data": {"total": 2}},
            {"data": False},
        ),
        # Which of two lists holds the rows nobody can tell, and keys that only count the rows are no ids.
        *({"items": [{"id": 1}], "rows": [{"id": 2}]}, {"data": {"0": {"sex": "F"}, "1": {"sex": "M"}}}),
        *({"patients": [{"ident": 5}]}, {"data": [{"id": 1.5}]}),
    ],
    ids=str,
)
def test_what_is_no_list(answer: object) -> None:
    with pytest.raises(BadAnswer) as caught:
        read(json.dumps(answer), NAMED)
    assert caught.value.kind is BadAnswerKind.WRONG_SHAPE


@pytest.mark.parametrize(
    "answer",
    [
        *({"id": 3}, {"data": {"id": 4, "name": "x"}}, {"id": "r1", "status": "ok"}, {"id": "r1", "message": "hello"}),
        *({"id": "r1", "error": {"message": "boom"}}, {"jsonrpc": "2.0", "id": 1, "error": {"code": -32000}}),
        *({"id": "r1", "data": None}, {"object": "image", "id": 5, "items": []}, {"object": "practice", "id": 5}),
        # Rows in groups: of a year, of an album.
        {"data": {"2025": {"5401": {"sex": "F"}}, "2026": {"5402": {"sex": "F"}}}},
        {"data": {"2025": {"count": 1, "items": [{"id": 1}]}}},
        {"data": [{"id": 1, "name": "Album", "patients": [{"id": 2}]}]},
    ],
    ids=str,
)
def test_an_id_alone_makes_no_row(answer: object) -> None:
    with pytest.raises(BadAnswer) as caught:
        read(json.dumps(answer), NAMED)
    assert caught.value.kind is BadAnswerKind.WRONG_SHAPE


@pytest.mark.parametrize(
    "around",
    [
        # Rows, or their number, in another place.
        *({"by": {"personal": [{"id": 1}], "medical": []}}, {"medical": {"items": [{"id": 1}], "count": 1}}),
        *({"patient_ids": [5401]}, {"ids": ["5401"]}, {"included": {"x": {"y": [{"id": 1}]}}}, {"x": {"1": {}}}),
        *({"latest": {"object": "patient", "id": 1}}, {"practice": {"id": 1, "patients": [{"id": 2}]}}),
        *({name: 4} for name in ("totalItems", "total_records", "recordsTotal", "num_results", "patient_count")),
        *({"total_pages": 3}, {"page_info": {"total": 4}}, {"hidden_count": 2}, {"counts": {"a": 0, "b": 1}}),
        *({"meta": {"itemCount": "4"}}, {"patients_by_year": {"2025": [{"id": 1}]}}, {"x": "y" * 20_000}),
        # A reason.
        {"message": "You do not have permission to view images"},
        *({"message": text} for text in ("Your profile does not include images", "Insufficient privileges")),
        *({"message": text} for text in ("Chart is restricted", "Down for maintenance", "Rate limit reached", "Hm")),
        *({"message": text} for text in ("Loading, try later", "No images while the chart is locked", "Keine Rechte")),
        *({"status": "restricted"}, {"status": "processing"}, {"access": "denied"}, {"permission": "none"}),
        *({"restricted": True}, {"is_visible": 0}, {"meta": {"notice": "Archived"}}, {"messages": ["Purged"]}),
        # Marks and sentences of which nobody thought.
        *(
            {"merged_into": 8},
            {"mergedInto": "8"},
            {"moved_to": {"id": 8}},
            {"is_merged": 1},
            {"redirect": "/patients/8"},
        ),
        *({"has_patients": True}, {"hasPeople": "yes"}, {"chart": {"id": 7, "has_people": True}}, {"lazy": True}),
        *(
            {"chart": {"id": 7, "merged_into": 8}},
            {"migration": "in progress"},
            {"replaced_by": [8]},
            {"found": True},
        ),
        *(
            {"remark": "This chart is being migrated"},
            {"mode": "temporarily offline"},
            {"x": {"y": "Ask your vendor first"}},
        ),
        *({"message": text} for text in ("The chart is being migrated", "Temporarily empty", "Moved to chart 8")),
        *({"message": "Images not loaded successfully"}, {"x": json.loads("[" * 800 + "]" * 800)}),
    ],
    ids=lambda around: str(around)[:60],
)
def test_an_empty_list_beside_a_word_of_rows_or_a_reason_is_no_absence(around: dict[str, object]) -> None:
    for answer in ({"data": [], **around}, {"data": {"data": []}, **around}, {"total_count": 0, **around}):
        with pytest.raises(BadAnswer) as caught:
            read(json.dumps(answer), NAMED)
        assert caught.value.kind is BadAnswerKind.WRONG_SHAPE


@pytest.mark.parametrize(
    "around",
    [
        {"object": "list", "total_count": 0, "has_more": False},
        {"rate_limit": {"limit": 100, "remaining": 99}, "sort": [{"field": "created"}]},
        {"header": {"pt_id": 7, "notes": "Prefers mornings", "tags": [{"id": 1}]}},
        *({"message": text} for text in ("No appointments scheduled", "Your search did not match any patients.")),
        {"practice": "Hidden Valley", "message": "Images fetched successfully", "patient_name": "Faith Locked"},
        {"parameters": {"limit": 100, "status": "pending", "total": 3, "ids": [7]}, "gmt_timezone_offset": "-04:00"},
        {
            "meta": {"total": 0, "per_page": 25, "current_page": 1, "last_page": 1, "took_ms": 12},
            "links": [{"rel": "self"}],
        },
        {"page": 9, "total_pages": 1, "items_per_page": 50, "max_results": 100, "account_id": 7, "request_id": "ab12"},
        {"practice": {"id": 3, "name": "Hidden Valley", "status": "active", "tags": [{"id": 5}], "user_count": 12}},
        {
            "fields": ["id", "name"],
            "version": "2.1",
            "versions": [1, 2],
            "time": 1731405720,
            "url": "/api/v1/x?limit=1",
        },
        {"result": True, "success": 1, "status": "success", "code": 200, "errors": [], "message": ""},
        *({"message": text} for text in ("No patients found", "No results", "OK", "Search completed successfully.")),
        *({"message": text} for text in ("There are no images for this patient", "NO_RECORDS", "0 records found")),
        *({"message": text} for text in ("This patient doesn't have any photos", "No images found for patient 1001.")),
        *({"status": "ok", "access": "full"}, {"restricted": False, "hidden_count": 0, "is_complete": True}),
        *({"merged_into": None}, {"is_merged": False, "moved_to": 0, "has_patients": False}, {"is_empty": True}),
        *({"sorted": True, "is_last": True, "cached": "true", "has_access": True}, {"no_patients": True}),
        *(
            {"copyright": "(c) 2025 Cerbo, all rights", "generated_at": "Wed, 05 Nov 2025 09:40:00 GMT"},
            {"first": "yes"},
        ),
        *({"practice": {"id": 7, "portal": True, "motto": "Never say never again"}}, {"text": "There are no photos"}),
        *({"notes": None}, {"warnings": []}, {"state": "empty"}, {"queue": {"open": [], "closed": []}}),
    ],
    ids=lambda around: str(around)[:60],
)
def test_an_empty_list_that_says_nothing_else_is_an_absence(around: dict[str, object]) -> None:
    assert not read(json.dumps({"data": [], **around}), NAMED).items


def images_of(owner: str) -> RowKind[Patient]:
    return RowKind(PatientFields, records.patient, 3, names=("images",), owner=owner)


OF_EIGHT_AROUND: list[dict[str, object]] = [
    {"pt_id": 8},
    {"patient": {"id": "8"}},
    {"object": "patient", "id": 8},
    {"meta": {"patient_id": 8}},
]


@pytest.mark.parametrize("rows", [[], [{"id": 1}]], ids=str)
@pytest.mark.parametrize("around", [*OF_EIGHT, *OF_EIGHT_AROUND], ids=str)
def test_what_is_around_a_list_is_of_no_other_patient(around: dict[str, object], rows: list[object]) -> None:
    answer = list_answers.decoded(json.dumps({"images": rows, **around}).encode(), images_of("7"))
    with pytest.raises(BadAnswer) as caught:
        list_answers.listed(answer, images_of("7"), 9)
    assert caught.value.kind is BadAnswerKind.OTHER_PATIENT


@pytest.mark.parametrize("rows", [[], [{"id": 1}]], ids=str)
@pytest.mark.parametrize("around", OF_EIGHT_AROUND, ids=str)
def test_what_is_around_a_list_may_name_the_patient(around: dict[str, object], rows: list[object]) -> None:
    answer = list_answers.decoded(json.dumps({"images": rows, **around}).encode(), images_of("08"))
    assert list_answers.listed(answer, images_of("08"), 9).row_count == len(rows)


@pytest.mark.parametrize("around", [{"pt_id": 8}, {"patient": {"id": 8}}, {"meta": {"ptId": 8}}], ids=str)
def test_what_is_around_one_record_is_of_no_other_patient(around: dict[str, object]) -> None:
    answer = list_answers.decoded(json.dumps({"data": {"id": 5, "dob": "1987-03-14"}, **around}).encode(), NAMED)
    assert list_answers.only_record(answer, NAMED)["id"] == 5
    with pytest.raises(BadAnswer) as caught:
        list_answers.only_record(answer, images_of("7"))
    assert caught.value.kind is BadAnswerKind.OTHER_PATIENT


def test_that_there_is_no_such_patient_is_no_word_on_photos() -> None:
    body = '{"data":[],"message":"No patient found."}'
    assert not read(body, NAMED).items
    with pytest.raises(BadAnswer):
        read(body)


@pytest.mark.parametrize("body", [b"", b" \n", b"null", b"\xef\xbb\xbfnull "])
def test_nothing_is_told_apart_from_what_is_not_understood(body: bytes) -> None:
    with pytest.raises(BadAnswer) as caught:
        read(body)
    assert caught.value.kind is BadAnswerKind.NOTHING


def test_an_empty_page_after_the_first_may_stand_beside_a_total() -> None:
    answer = list_answers.decoded(b'{"data":[],"total_count":3}', PATIENTS)
    assert list_answers.listed(answer, PATIENTS, 2, first_row=3).total == 3


@pytest.mark.parametrize("answer", [{"result": False}, {"result": 0, "data": [{"id": 1}]}, {"id": 1, "result": "0"}])
def test_a_false_result_is_a_refusal(answer: object) -> None:
    with pytest.raises(ServerRefused):
        read(json.dumps(answer))


@pytest.mark.parametrize(
    "answer", [{"id": 5}, {"data": {"id": 5}}, {"patient": {"id": 5}}, {"data": [{"id": 5}]}], ids=str
)
def test_one_record_with_anything_around_it(answer: object) -> None:
    assert list_answers.only_record(list_answers.decoded(json.dumps(answer).encode(), NAMED), NAMED)["id"] == 5


@given(CERBO_LIKE)
def test_no_json_raises_anything_but_our_errors(answer: object) -> None:
    with contextlib.suppress(BadAnswer, ServerRefused):
        read(json.dumps(answer), NAMED)


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


@pytest.mark.parametrize(
    ("around", "words"),
    [
        ({"message": "Todavía no hay <b>nada</b> aquí."}, "Todavía no hay nada aquí."),
        ({"status": "ok", "meta": {"notice": "Encore rien\u202e\nici"}}, "Encore rien ici"),
        ({"practice": "Hidden Valley Clinic West", "remark": "Hier ist noch nichts"}, "Hier ist noch nichts"),
        ({"message": "Chart is restricted"}, "Chart is restricted"),
        ({"message": ["", "x" * 300]}, "x" * 120),
        ({"total_count": 3}, ""),
    ],
    ids=str,
)
def test_what_stands_in_place_of_rows_is_told_in_its_own_words(around: dict[str, object], words: str) -> None:
    with pytest.raises(BadAnswer) as caught:
        read(json.dumps({"data": [], **around}), NAMED)
    assert (caught.value.kind, caught.value.words) == (BadAnswerKind.WRONG_SHAPE, words)
