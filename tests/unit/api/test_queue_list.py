"""The portal queue's list: what is in it, and when it may not be all of it."""

import contextlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given

from cerbo_desktop.api import queue_list
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, ServerRefused
from cerbo_desktop.domain.page import Listing
from cerbo_desktop.domain.portal_queue import QueueEntry
from cerbo_desktop.domain.server_snapshot import EntryNature
from tests.unit.api.test_wire import CERBO_LIKE, OF_EIGHT

SEVEN = "7"
N = EntryNature
FAILING = [
    {"data": [], "status": "error", "message": "Session expired"},
    {"data": None, "message": "Please try later"},
    {"data": [], "message": "Session expired"},
    {"data": [{"id": 1}], "errors": ["timeout"]},
    {"data": [], "error_code": 17},
    {"data": [], "success": False},
    {"data": {}, "code": 401},
    {"data": [], "code": "SESSION_EXPIRED"},
    {"data": {"data": []}, "error": "x"},
    {"data": {"data": [], "error": "x"}},
    {"data": [], "meta": {"status": "failed"}},
]
"""Answers with a good status that are no empty list."""


def listing(answer: object) -> Listing[QueueEntry]:
    return queue_list.read(json.dumps(answer).encode(), SEVEN)


def rows(count: int) -> list[dict[str, object]]:
    return [{"id": number} for number in range(count)]


@pytest.mark.parametrize(
    ("answer", "ids", "is_complete"),
    [
        ([], [], True),
        ([{"id": 1}], ["1"], True),
        ({"object": "list", "total_count": 1, "has_more": False, "data": [{"id": 1}]}, ["1"], True),
        ({"data": {"0": {"id": 1}, "1": {"id": 2}}}, ["1", "2"], True),
        ({"data": {"id": 1, "request_type": "image"}}, ["1"], True),
        ({"data": {"data": [{"id": 1}], "has_more": True}}, ["1"], False),
        ({"object": "list", "data": None}, [], True),
        ({"data": {}}, [], True),
        ({"data": {"items": [{"id": 1}]}}, ["1"], True),
        ({"enqueued": [{"id": 1.0}], "count": 1}, ["1"], True),
        ({"requests": {"81": {"request_type": "image"}}}, ["81"], True),
        ({"data": [{"queue_request_id": 5}]}, ["5"], True),
        ({"data": [{"id": 1}], "has_more": True}, ["1"], False),
        ({"data": [{"id": 1}], "total_count": 2}, ["1"], False),
        ({"data": [{"id": 1}], "total": 2}, ["1"], False),
        ({"data": [{"id": 1}], "meta": {"total": "50"}}, ["1"], False),
        ({"data": [{"id": 1}], "next": "/page/2"}, ["1"], False),
        ({"data": [{"id": 1}], "next_page": 2}, ["1"], False),
        ({"data": {"data": [{"id": 1}]}, "has_more": True}, ["1"], False),
        ({"data": [{"id": 1}], "next": None, "count": 1, "errors": [], "status": "ok"}, ["1"], True),
        ({"data": [{"id": 1, "status": "Accepted"}, {"id": 2, "status": "open"}]}, ["1", "2"], True),
        ({"data": [{"id": 1, "status": "declined"}], "total_count": 2}, ["1"], False),
        ({"id": "r1", "done": True, "results": [{"id": 1}]}, ["1"], True),
        ({"data": [{"id": 1}, {"request_type": "image"}]}, ["1"], False),
        ({"data": [{"id": 1}, "nonsense"]}, ["1"], False),
    ],
)
def test_what_is_in_it(answer: object, ids: list[str], is_complete: bool) -> None:
    found = listing(answer)
    assert [entry.id for entry in found.items] == ids
    assert found.is_complete is is_complete


@pytest.mark.parametrize(
    ("fields", "made_at"),
    [
        ({"created": "2025-11-12 10:02:00"}, datetime(2025, 11, 12, 10, 2, tzinfo=UTC)),
        ({"date_created": "2025-11-12T11:02:00+01:00"}, datetime(2025, 11, 12, 10, 2, tzinfo=UTC)),
        ({"date": "2025-11-12", "created_at": "2025-11-12 10:02"}, datetime(2025, 11, 12, 10, 2, tzinfo=UTC)),
        ({"created": "2025-11-12"}, None),
        ({"created": 1731405720}, datetime(2024, 11, 12, 10, 2, tzinfo=UTC)),
        ({"created": "10:02"}, None),
        ({}, None),
    ],
)
def test_when_an_entry_was_made_is_known_only_by_date_and_hour(
    fields: dict[str, object], made_at: datetime | None
) -> None:
    (entry,) = listing([{"id": 1, **fields}]).items
    assert entry.created_at == made_at


@pytest.mark.parametrize(
    ("count", "is_complete"), [(99, True), (100, False), (101, True), (2_000, True), (2_001, False)]
)
def test_a_list_as_long_as_a_page_may_have_been_cut_there(count: int, is_complete: bool) -> None:
    assert listing({"data": rows(count), "has_more": False}).is_complete is is_complete


@pytest.mark.parametrize(
    "answer",
    [
        *({}, {"status": "ok"}, {"object": "list"}, {"portal_items": [{"id": 1}], "count": 1}, {"id": 1}, None, "text"),
        *({"data": "none"}, {"data": [], "count": 5}, {"result": True}, {"data": [{"id": 1, "pt_id": 8}]}, 5),
        *({"data": [{"request_type": "image"}]}, {"data": [], "portal_items": [{"id": 1}]}),
    ],
    ids=str,
)
def test_another_shape_is_no_empty_queue(answer: object) -> None:
    with pytest.raises(BadAnswer):
        listing(answer)


@pytest.mark.parametrize("answer", FAILING, ids=str)
def test_a_list_that_tells_of_a_failure_is_no_empty_queue(answer: object) -> None:
    with pytest.raises(BadAnswer):
        listing(answer)


@pytest.mark.parametrize(
    ("record", "nature"),
    [
        ({"request_type": "image"}, N.PHOTO),
        ({"type": "Patient Photo"}, N.PHOTO),
        ({"request_type": "upload", "mime_type": "image/jpeg"}, N.PHOTO),
        ({"object": "portal_queue_image"}, N.PHOTO),
        *[({"request_type": word}, N.UNSTATED) for word in ("document", "file", "upload", "request", "x17", "")],
        ({"object": "portal_queue_request"}, N.UNSTATED),
        ({"mime_type": "application/octet-stream"}, N.UNSTATED),
        *[({"request_type": word}, N.OTHER) for word in ("message", "Secure Message", "appointment", "intake form")],
        *[({"request_type": word}, N.OTHER) for word in ("questionnaire", "refill_request", "payment")],
        ({"request_type": "document", "mime_type": "application/pdf"}, N.OTHER),
        # What speaks of photos and of something else is not certainly a photo, and may still be one.
        *[({"request_type": word}, N.UNSTATED) for word in ("photo consent form", "message about a photo")],
        ({"object": "portal_queue_image_request", "type": "message"}, N.UNSTATED),
        ({"request_type": "message", "mime_type": "image/png"}, N.PHOTO),
    ],
    ids=str,
)
def test_what_an_entry_says_of_itself(record: dict[str, object], nature: N) -> None:
    (entry,) = listing([{"id": 1, **record}]).items
    assert entry.nature is nature


@given(CERBO_LIKE)
def test_no_json_raises_anything_but_our_errors(answer: object) -> None:
    with contextlib.suppress(BadAnswer, ServerRefused):
        listing(answer)


@pytest.mark.parametrize("told", OF_EIGHT, ids=str)
def test_another_patients_entry_refuses_the_list(told: dict[str, object]) -> None:
    with pytest.raises(BadAnswer) as caught:
        listing({"data": [{"id": 1}, {"id": 2, **told}]})
    assert caught.value.kind is BadAnswerKind.OTHER_PATIENT


@pytest.mark.parametrize(
    "fields",
    [
        *(
            {"status": word}
            for word in ("completed", "Complete", "DONE", "accepted", "processed", "closed", "resolved")
        ),
        *(
            {"status": word}
            for word in ("Accepted by staff", "closed_by_user", "filed-in-chart", "Approved 11/12/2025")
        ),
        *({"state": "done"}, {"queue_status": "processed"}, {"status": {"id": 3, "name": "Completed"}}),
        *(
            {"completed": True},
            {"is_closed": 1},
            {"processed_at": "2025-11-12 10:02:00"},
            {"date_accepted": "2025-11-12"},
        ),
    ],
    ids=str,
)
def test_an_entry_that_says_that_it_is_over_waits_for_nobody(fields: dict[str, object]) -> None:
    found = listing({"data": [{"id": 1, "request_type": "image", **fields}, {"id": 2}]})
    assert [(entry.id, entry.is_closed) for entry in found.items] == [("1", True), ("2", False)]
    assert found.is_complete


@pytest.mark.parametrize(
    "fields",
    [
        *(
            {"status": word}
            for word in ("open", "pending", "new", "", "not accepted", "to be processed", "unprocessed")
        ),
        *({"status": word} for word in ("Awaiting approval", "not yet completed", "added", "received", "reopened")),
        *({"completed": False}, {"processed_at": None}, {"closed_at": "0000-00-00 00:00:00"}, {"accepted": 0}),
    ],
    ids=str,
)
def test_any_other_entry_may_wait(fields: dict[str, object]) -> None:
    found = listing({"data": [{"id": 1, "request_type": "image", **fields}]})
    assert [(entry.id, entry.is_closed) for entry in found.items] == [("1", False)]
