"""What an answer to a photo says (contract 6.5, whose shape nobody has seen): a kind, and the id in it if any.

No kind proves by itself that Cerbo has the photo: `domain.settlement` weighs it against the lists.
"""

import re

from cerbo_desktop.api import wire
from cerbo_desktop.api.wire import Record
from cerbo_desktop.domain.errors import ServerRefusal, ServerRefused
from cerbo_desktop.domain.evidence import Answer
from cerbo_desktop.domain.ids import QueueId
from cerbo_desktop.domain.ports import Receipt

_QUEUE_ID_FIELDS = ("portal_queue_id", "queue_request_id")
_IMAGE_ID_FIELDS = ("image_id", "photo_id")
_IMAGE_FIELDS = ("mime_type", "photo_type", "date_taken", "url_image_content", "url_content", "file_size", "filename")
"""What only a photo's own record has (contract 6.6)."""
_KIND_FIELDS = ("object", "type", "request_type")
_ERROR_FIELDS = ("error", "errors", "exception")
_VERDICT_FIELDS = ("status", "result", "outcome")
_SUCCESS_FIELDS = ("success", "ok")
_CODE_FIELDS = ("status", "status_code", "code")
_MESSAGE_FIELDS = ("message", "detail", "reason")
_FAILURE = re.compile(
    r"\b(error|errors|fail|fails|failed|failure|fault|expired|invalid|denied|refused|rejected|forbidden|unauthori[sz]ed"
    r"|unable|cannot|can.?t|could not|couldn.?t|timed out|timeout|unavailable|missing|sign in|log in|login"
    r"|not (allowed|permitted|authori[sz]ed|logged|signed|found|valid|saved|stored|accepted|added|supported))\b",
    re.IGNORECASE,
)


def of_body(body: bytes, patient_id: str) -> Receipt:
    """Of the body of a 2xx. Raises `BadAnswer` for one that is no JSON, and as `receipt` does."""
    if not body.strip():
        return Receipt(Answer.EMPTY)
    if wire.is_web_page(body):
        return Receipt(Answer.WEB_PAGE)
    return receipt(wire.decoded(body), patient_id)


def receipt(told: object, patient_id: str) -> Receipt:
    """Of the JSON of a 2xx.

    Raises:
        ServerRefused: `result` is false, and there is no id that says otherwise (contract 2.3).
    """
    if not isinstance(told, dict):
        return Receipt(Answer.EMPTY)
    records = _records(told)
    queue_id, other_id = _ids(records)
    has_id = bool(queue_id or other_id) or _names_image(records)
    result = next((found for each in records if (found := wire.flag(each.get("result"))) is not None), None)
    if result is False:
        if not has_id:
            raise ServerRefused(ServerRefusal.RESULT_FALSE)
        return _named(Answer.DENIED_WITH_ID, queue_id or other_id)
    is_others = any(wire.names_other_patient(each, patient_id) for each in records)
    if is_others or _tells_failure(records, is_confirmed=result is True, has_id=has_id):
        return _named(Answer.FAILED, queue_id or other_id)
    if queue_id:
        return _named(Answer.QUEUE_ID, queue_id)
    if has_id:
        return _named(Answer.OTHER_ID, other_id)
    return Receipt(Answer.CONFIRMED if result is True else Answer.EMPTY)


def refuse_failure(told: Record) -> None:
    """Raise `ServerRefused` for the answer to something else than a photo that tells of a failure."""
    is_confirmed = wire.flag(told.get("result")) is True
    if _tells_failure(_records(told), is_confirmed=is_confirmed, has_id=is_confirmed):
        raise ServerRefused(ServerRefusal.INVALID)


def _records(told: Record) -> tuple[Record, ...]:
    """The object, and the one in its `data`."""
    inner = told.get("data")
    return (told, inner) if isinstance(inner, dict) else (told,)


def _ids(records: tuple[Record, ...]) -> tuple[str, str]:
    """The id of the queue, and one of unknown kind; each empty where there is none.

    An image's own record has the image's id, which is no hint at all: an entry of the same number is something else.
    """
    queue_id = next((found for each in records if (found := wire.first_id(each, *_QUEUE_ID_FIELDS))), "")
    for each in records:
        found = wire.first_id(each, "id")
        if found and not queue_id and _is_of_queue(each):
            return found, ""
        if found and not _is_of_image(each):
            return queue_id, found
    return queue_id, ""


def _names_image(records: tuple[Record, ...]) -> bool:
    return any(wire.first_id(each, *_IMAGE_ID_FIELDS) or (each.get("id") and _is_of_image(each)) for each in records)


def _is_of_queue(record: Record) -> bool:
    """The record itself says that it is an entry of the queue, so that its plain `id` is the queue's."""
    return "queue" in _kind(record)


def _is_of_image(record: Record) -> bool:
    says_so = any(word in _kind(record) for word in ("image", "photo", "picture"))
    return not _is_of_queue(record) and (says_so or any(name in record for name in _IMAGE_FIELDS))


def _kind(record: Record) -> str:
    return " ".join(wire.clean_text(record.get(name)) for name in _KIND_FIELDS).lower()


def _tells_failure(records: tuple[Record, ...], *, is_confirmed: bool, has_id: bool) -> bool:
    return any(_is_failure(each, reads_message=not is_confirmed, is_bare=not has_id) for each in records)


def _is_failure(record: Record, *, reads_message: bool, is_bare: bool) -> bool:
    if any(record.get(name) for name in _ERROR_FIELDS) or wire.clean_text(record.get("object")).lower() == "error":
        return True
    if any(wire.flag(record.get(name)) is False for name in _SUCCESS_FIELDS):
        return True
    if any(400 <= (wire.whole_number(record.get(name)) or 0) < 600 for name in _CODE_FIELDS):
        return True
    if any(_FAILURE.search(wire.clean_text(record.get(name))) for name in _VERDICT_FIELDS):
        return True
    message = wire.first_text(record, *_MESSAGE_FIELDS)
    # A gateway's error is a message and nothing else (contract 2.7).
    is_gateways = is_bare and bool(message) and record.keys() <= set(_MESSAGE_FIELDS)
    return reads_message and (is_gateways or _FAILURE.search(message) is not None)


def _named(answer: Answer, named_id: str) -> Receipt:
    return Receipt(answer, QueueId(named_id) if named_id else None)
