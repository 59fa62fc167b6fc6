"""What an answer to a photo says (contract 6.5, whose shape nobody has seen): a kind, and the id in it if any.

No kind proves by itself that Cerbo has the photo: `domain.settlement` weighs it against the lists.
"""

import re

from cerbo_desktop.api import failures, taken_words, whose, wire
from cerbo_desktop.api.wire import Record
from cerbo_desktop.domain.errors import ServerRefusal, ServerRefused
from cerbo_desktop.domain.evidence import Answer
from cerbo_desktop.domain.ids import QueueId
from cerbo_desktop.domain.portal_queue import Receipt

_QUEUE_ID_FIELDS = ("portal_queue_id", "queue_request_id")
_IMAGE_ID_FIELDS = ("image_id", "photo_id")
_IMAGE_FIELDS = ("mime_type", "photo_type", "date_taken", "url_image_content", "url_content", "file_size", "filename")
"""What only a photo's own record has (contract 6.6)."""
_KIND_FIELDS = ("object", "type", "request_type")
_NO_ID = re.compile(r"-\d+|0+")
"""What programs write where they have no id."""


def of_body(body: bytes, patient_id: str) -> Receipt:
    """The receipt in the body of a 2xx. Raises `BadAnswer` for a body that is no JSON, and as `receipt` does."""
    if not body.strip():
        return Receipt(Answer.EMPTY)
    if wire.is_web_page(body):
        return Receipt(Answer.WEB_PAGE)
    return receipt(wire.decoded(body), patient_id)


def receipt(told: object, patient_id: str) -> Receipt:
    """The receipt in the JSON of a 2xx.

    Raises:
        ServerRefused: `result` is false, and there is no id that says otherwise (contract 2.3).
    """
    if not isinstance(told, dict):
        return Receipt(Answer.EMPTY)
    if whose.tells_of_other(told, patient_id):
        return Receipt(Answer.FAILED)  # it may be the answer to another request, and its ids those of another photo
    records = _records(told)
    queue_id, other_id = _ids(records, patient_id)
    has_id = bool(queue_id or other_id) or _names_image(records)
    result = next((found for each in records if (found := wire.flag(each.get("result"))) is not None), None)
    if result is False:
        if not has_id:
            raise ServerRefused(ServerRefusal.RESULT_FALSE)
        return _named(Answer.DENIED_WITH_ID, queue_id or other_id)
    may_be_bare = not has_id and not taken_words.says_taken(failures.message_of(told))
    if failures.tells_failure(told, is_confirmed=result is True, may_be_bare=may_be_bare):
        return _named(Answer.FAILED, queue_id or other_id)
    if queue_id:
        return _named(Answer.QUEUE_ID, queue_id)
    if has_id:
        return _named(Answer.OTHER_ID, other_id)
    return Receipt(Answer.CONFIRMED if result is True else Answer.EMPTY)


def refuse_failure(told: Record) -> None:
    """Raise `ServerRefused` where the answer to anything but a photo tells of a failure."""
    is_confirmed = wire.flag(told.get("result")) is True
    if failures.tells_failure(told, is_confirmed=is_confirmed, may_be_bare=not is_confirmed):
        raise ServerRefused(ServerRefusal.INVALID)


def _records(told: Record) -> tuple[Record, ...]:
    """The object, and the one in its `data`."""
    inner = told.get("data")
    return (told, inner) if isinstance(inner, dict) else (told,)


def _ids(records: tuple[Record, ...], patient_id: str) -> tuple[str, str]:
    """The id of the queue, and one of unknown kind; each empty where there is none.

    An image's own record has the image's id, which is no hint at all: an entry of the same number is something else.
    The patient's own id, told back to us, is no id of a photo.
    """
    queue_id = next((found for each in records if (found := _first_id(each, *_QUEUE_ID_FIELDS))), "")
    for each in records:
        found = _first_id(each, "id")
        if not found or (wire.same_id(found, patient_id) and not _is_of_queue(each)):
            continue
        if not queue_id and _is_of_queue(each):
            return found, ""
        if not _is_of_image(each):
            return queue_id, found
    return queue_id, ""


def _first_id(record: Record, *names: str) -> str:
    found = (wire.first_id(record, name) for name in names)
    return next((each for each in found if each and not _NO_ID.fullmatch(each)), "")


def _names_image(records: tuple[Record, ...]) -> bool:
    return any(_first_id(each, *_IMAGE_ID_FIELDS) or (_first_id(each, "id") and _is_of_image(each)) for each in records)


def _is_of_queue(record: Record) -> bool:
    """The record itself says that it is an entry of the queue, so that its plain `id` is the queue's."""
    return "queue" in _kind(record)


def _is_of_image(record: Record) -> bool:
    says_so = any(word in _kind(record) for word in ("image", "photo", "picture"))
    return not _is_of_queue(record) and (says_so or any(name in record for name in _IMAGE_FIELDS))


def _kind(record: Record) -> str:
    return " ".join(wire.clean_text(record.get(name)) for name in _KIND_FIELDS).lower()


def _named(answer: Answer, named_id: str) -> Receipt:
    return Receipt(answer, QueueId(named_id) if named_id else None)
