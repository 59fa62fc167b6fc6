"""What an answer to a photo is taken for: never more than it says."""

import json

import pytest
from hypothesis import given

from cerbo_desktop.api import receipts
from cerbo_desktop.domain.errors import BadAnswer, ServerRefused
from cerbo_desktop.domain.evidence import Answer
from cerbo_desktop.domain.portal_queue import Receipt
from tests.unit.api.test_wire import CERBO_LIKE

SEVEN = "7"
A = Answer


@pytest.mark.parametrize(
    ("told", "answer", "named"),
    [
        ({"result": True, "message": "Added to the queue.", "portal_queue_id": 9}, A.QUEUE_ID, "9"),
        ({"queue_request_id": " 12 "}, A.QUEUE_ID, "12"),
        ({"data": {"portal_queue_id": 5}}, A.QUEUE_ID, "5"),
        ({"object": "portal_queue_request", "id": 41, "request_type": "image"}, A.QUEUE_ID, "41"),
        ({"id": 41}, A.OTHER_ID, "41"),
        ({"result": "1", "data": {"id": 5}}, A.OTHER_ID, "5"),
        ({"id": 41, "portal_queue_id": 9}, A.QUEUE_ID, "9"),
        # An image's own record: its id is no hint, since a queue entry may have the same number.
        ({"object": "image", "id": "33", "pt_id": 7}, A.OTHER_ID, None),
        ({"id": 33, "mime_type": "image/jpeg"}, A.OTHER_ID, None),
        ({"result": True, "data": {"id": 33, "url_image_content": "x"}}, A.OTHER_ID, None),
        ({"result": True, "image_id": 33}, A.OTHER_ID, None),
        ({"result": True}, A.CONFIRMED, None),
        ({"result": True, "message": "Added. No errors."}, A.CONFIRMED, None),
        ({"result": True, "message": "Session expired. Please log in again."}, A.FAILED, None),
        ({}, A.EMPTY, None),
        ({"status": "ok"}, A.EMPTY, None),
        ({"object": "list", "data": []}, A.EMPTY, None),
        ([], A.EMPTY, None),
        ("stored", A.EMPTY, None),
        (None, A.EMPTY, None),
        ({"success": True}, A.EMPTY, None),
        *[
            ({"message": words}, A.EMPTY, None)
            for words in (
                *("queued", "Queued.", "Added to the queue.", "The image was queued for review.", "Photo received"),
                *("Your request has been submitted successfully", "File uploaded", "Success: image saved"),
            )
        ],
        *[
            ({"message": words}, A.FAILED, None)
            for words in (
                *("Your photo", "The queue", "Not queued", "Image not uploaded", "Upload the image again", "Hello"),
                *("Queued. Session expired.", "No image received", "Image queued but unreadable", "Added 0 images"),
            )
        ],
        ({"message": "queued", "status": "error"}, A.FAILED, None),
        ({"message": "queued", "id": 9}, A.OTHER_ID, "9"),
        ({"status": "error", "message": "Session expired"}, A.FAILED, None),
        ({"message": "Session expired"}, A.FAILED, None),
        ({"message": "Please try later"}, A.FAILED, None),
        ({"error": {"type": "invalid", "message": "no"}}, A.FAILED, None),
        ({"error": "no", "id": 4}, A.FAILED, "4"),
        ({"success": False}, A.FAILED, None),
        ({"status": 500}, A.FAILED, None),
        ({"result": True, "status": "failed", "portal_queue_id": 9}, A.FAILED, "9"),
        ({"id": 4, "message": "Could not store the image"}, A.FAILED, "4"),
        # Another patient's record may answer another request: neither it nor its ids are evidence.
        ({"portal_queue_id": 9, "pt_id": 8}, A.FAILED, None),
        ({"result": True, "data": {"id": 5, "pt_id": 8}}, A.FAILED, None),
        ({"result": False, "portal_queue_id": 9, "pt_id": 8}, A.FAILED, None),
        ({"result": True, "portal_queue_id": 9, "patient": {"id": 8, "first_name": "Ana"}}, A.FAILED, None),
        ({"portal_queue_id": 9, "image": {"id": 5, "patientId": "8"}}, A.FAILED, None),
        ({"object": "patient", "id": 8}, A.FAILED, None),
        ({"portal_queue_id": 9, "pt_id": 7, "patient_id": 8}, A.FAILED, None),
        ({"type": "error", "id": "req_9f2", "message": "Please log on again"}, A.FAILED, "req_9f2"),
        ({"id": "req_1", "code": "SESSION_EXPIRED"}, A.FAILED, "req_1"),
        *[({"id": 5, name: "x"}, A.FAILED, "5") for name in ("error_message", "errorMessage", "Error", "exception")],
        ({"result": True, "error_message": "quota reached"}, A.FAILED, None),
        *[({"id": 5, name: False}, A.FAILED, "5") for name in ("success", "saved", "stored", "created", "valid")],
        *[({"id": 5, "status": word}, A.FAILED, "5") for word in ("quota exceeded", "aborted", "too large", "ignored")],
        *[
            ({"id": 5, "message": word}, A.FAILED, "5")
            for word in ("Quota exceeded", "File too large", "No space left")
        ],
        ({"id": 5, "message": ["Session expired"]}, A.FAILED, "5"),
        ({"id": 5, "message": {"text": "Session expired"}}, A.FAILED, "5"),
        ({"id": 5, "status": 302}, A.FAILED, "5"),
        ({"id": 6, "response": {"status": "error"}}, A.FAILED, "6"),
        ({"id": 5, "data": {"data": {"status": "error"}}}, A.FAILED, "5"),
        ({"result": True, "data": [{"error": "x"}]}, A.FAILED, None),
        # Staff have not accepted it yet, and what another object says is about something else.
        ({"portal_queue_id": 5, "accepted": False}, A.QUEUE_ID, "5"),
        ({"portal_queue_id": 5, "patient": {"error": "x"}, "default_provider": 3, "error": None}, A.QUEUE_ID, "5"),
        # The patient's own id, and what programs write where they have none.
        ({"id": 7}, A.EMPTY, None),
        ({"id": "007", "object": "patient"}, A.EMPTY, None),
        ({"object": "portal_queue_request", "id": 7}, A.QUEUE_ID, "7"),
        *[({"id": none}, A.EMPTY, None) for none in (0, -1, "0", "", "null", "None", "undefined", "NaN", "nil")],
        *[({"result": True, "portal_queue_id": none}, A.CONFIRMED, None) for none in ("null", "0", "", None, "false")],
        ({"portal_queue_id": "null", "id": 41}, A.OTHER_ID, "41"),
        ({"result": True, "portal_queue_id": 0}, A.CONFIRMED, None),
        ({"result": True, "image_id": 0}, A.CONFIRMED, None),
        ({"result": False, "portal_queue_id": 9}, A.DENIED_WITH_ID, "9"),
        ({"result": 0, "data": {"id": 5}}, A.DENIED_WITH_ID, "5"),
    ],
    ids=str,
)
def test_each_answer(told: object, answer: A, named: str | None) -> None:
    assert receipts.of_body(json.dumps(told).encode(), SEVEN) == Receipt(answer, named)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "answer"),
    [(b"", A.EMPTY), (b" \n", A.EMPTY), (b"<html>Sign in</html>", A.WEB_PAGE), (b"\xef\xbb\xbf{}", A.EMPTY)],
)
def test_bodies_that_are_no_json(body: bytes, answer: A) -> None:
    assert receipts.of_body(body, SEVEN) == Receipt(answer)


@pytest.mark.parametrize("told", [{"result": False}, {"result": "0", "message": "no"}, {"result": False, "error": "x"}])
def test_a_plain_no_is_a_refusal(told: object) -> None:
    with pytest.raises(ServerRefused):
        receipts.receipt(told, SEVEN)


def test_broken_json_is_no_answer() -> None:
    with pytest.raises(BadAnswer):
        receipts.of_body(b'{"id":', SEVEN)


@given(CERBO_LIKE)
def test_no_answer_raises_anything_but_a_refusal(told: object) -> None:
    try:
        receipts.receipt(told, SEVEN)
    except ServerRefused:
        assert isinstance(told, dict)
