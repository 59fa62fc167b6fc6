"""The forms the contract leaves open, each a switch that can be thrown while the clinic runs."""

from dataclasses import dataclass
from enum import Enum


class IdForm(Enum):
    """Contract 2.4: ids arrive as text or as numbers."""

    MIXED = "patients and users as text, the rest as numbers"
    TEXT = "all as text"
    NUMBER = "all as numbers"


class ContentForm(Enum):
    """Contract 6.3: what `/content` and `/stream` may send."""

    RAW = "the file with its own type"
    OCTET_STREAM = "the file as application/octet-stream"
    WRONG_TYPE = "the file as text/html"
    JSON_BASE64 = '{"base64_content": ...}'
    JSON_DATA_URI = '{"content": "data:image/jpeg;base64,..."}'
    JSON_STRING = "a JSON string of base64"
    BASE64_TEXT = "base64 as text/plain"
    EMPTY = "no bytes at all"
    HTML = "a page instead of the photo"


class Envelope(Enum):
    """Contract 2.1: how a list is wrapped."""

    LIST = "object, total_count, has_more, data"
    NO_HAS_MORE = "the same without has_more"
    BARE = "a bare array"
    INDEXED = "data as an object keyed by index"
    ONE_RECORD = "data as the record itself where there is one, null where there is none"


class Paging(Enum):
    """Ways in which pages may lie."""

    HONEST = "honest"
    ALWAYS_MORE = "has_more is true for ever, on empty pages too"
    NEVER_MORE = "has_more is always false"
    REPEATED = "offset is ignored and has_more is true"
    SHIFTING = "each page begins one row too early"


class UploadAnswer(Enum):
    """What a POST answers (contract 6.5)."""

    RESULT = "result, message, portal_queue_id"
    QUEUE_REQUEST = "result, queue_request_id"
    BARE = "a bare object with id"
    NESTED = "result, data.id"
    NO_ID = "result alone"
    EMPTY = "an empty object"
    STATUS_OK = "status: ok and nothing else"
    STATUS_ERROR = "status: error with a message; nothing is stored"
    OWN_RECORD = "the record that the image will have in the chart"
    FALSE_WITH_ID = "result: false beside an id; it is stored all the same"


class QueueForm(Enum):
    """How `/portal/enqueued` answers (contract 7.1)."""

    LIST = "as the other lists"
    OTHER_SHAPE = "an object with the entries under another name"
    FORBIDDEN = "403"
    NOT_ALLOWED = "405"
    BROKEN = "500"
    NOT_MADE = "501"
    UNAUTHORIZED = "401"
    NO_CONTENT = "204"
    FIRST_HUNDRED = "at most 100 entries, and no word of more"


class VersionForm(Enum):
    """How an answer with a photo's bytes names their version."""

    UNNAMED = "not at all"
    TAG = "by an ETag"
    WEAK_TAG = "by a weak ETag, which is no proof of the same bytes"
    DATE = "by Last-Modified"


class RangeForm(Enum):
    """What a 206 brings, where parts are given at all."""

    HONEST = "what was asked for"
    OTHER_START = "the part asked for, said to be the beginning"
    OTHER_SIZE = "a part of something that is a byte longer"
    OTHER_BYTES = "as many other bytes, as if the photo had been replaced meanwhile"
    REFUSED = "416 to every question for a part"


@dataclass
class Switches:
    """Set any attribute from any thread; the next request sees it."""

    ids: IdForm = IdForm.MIXED
    content: ContentForm = ContentForm.RAW
    stream: ContentForm = ContentForm.RAW
    envelope: Envelope = Envelope.LIST
    paging: Paging = Paging.HONEST
    upload_answer: UploadAnswer = UploadAnswer.RESULT
    queue: QueueForm = QueueForm.LIST
    accepts_reencoded: bool = False
    """Staff's acceptance stores the photo in other bytes, without the marks that were in it."""
    latency_s: float = 0.0
    """Waited before each answer."""
    upload_pace_s: float = 0.0
    """Waited after each piece of an upload, at most 64 KiB, so that progress can be seen."""
    clock_ahead_s: float | None = 0.0
    """How far the server's clock, which it tells in each answer, is ahead of this PC's; None tells nothing."""
    compares_accents: bool = False
    """The search tells é from e and ’ from ' (unknown for Cerbo; contract 5.1)."""
    answers_range: bool = False
    """206 to a `Range: bytes=a-b` on raw content (unknown for Cerbo; contract 6.3)."""
    ranges: RangeForm = RangeForm.HONEST
    version: VersionForm = VersionForm.UNNAMED
    newest_first: bool = False
    """Photos by falling id; else rising. The sort order is unknown (contract 3)."""
    photo_ids_alone: bool = False
    """Photo records hold nothing but `object` and `id` (contract 6.6: only the id is sure)."""
    names_other_patient: bool = False
    """Patient and photo records come back with the id of another patient: an answer to refuse."""
    queue_lists_uploads: bool = True
    """False: `/portal/enqueued` leaves photos out (contract 7.1: how an image is labelled is unknown)."""
    max_upload_chars: int = 16_000_000
    """Ceiling of `base64_content`: the strictest reading of "16 MB" (contract 6.5). Above it: 413."""
    more_keys: frozenset[str] = frozenset()
    """Further key names that sign in with the same secret: a practice that renames its key, or has two."""
