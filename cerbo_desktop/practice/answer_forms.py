"""The forms of requests and answers that the contract leaves open."""

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
    BASE64_URL_SAFE = "the same with - and _ for + and /"
    BASE64_MARKED = "the same behind a byte order mark"
    EMPTY = "no bytes at all"
    HTML = "a page instead of the photo"
    JSON_WITHOUT_PHOTO = "a JSON record without the photo's bytes"
    HALF = "the first half of the file, and its length as if that were all"
    SMALL_COPY = "the small picture of 200 x 200 that Cerbo makes"
    OTHER_TYPE = "the file as a type that the app does not show"
    UNAUTHORIZED = "401"
    FORBIDDEN = "403"
    NOT_FOUND = "404"
    NOT_ALLOWED = "405"
    NOT_ACCEPTABLE = "406"
    BROKEN = "500"
    NOT_MADE = "501"

    @property
    def holds_photo(self) -> bool:
        """Whether an answer in this form holds the photo."""
        return self not in _WITHOUT_PHOTO


_WITHOUT_PHOTO = frozenset(
    {
        *(ContentForm.EMPTY, ContentForm.HTML, ContentForm.JSON_WITHOUT_PHOTO, ContentForm.OTHER_TYPE),
        *(ContentForm.UNAUTHORIZED, ContentForm.FORBIDDEN, ContentForm.NOT_FOUND),
        *(ContentForm.NOT_ALLOWED, ContentForm.NOT_ACCEPTABLE, ContentForm.BROKEN, ContentForm.NOT_MADE),
    }
)


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
    ROUNDED = "offset is rounded down to whole pages of the limit"
    SHUFFLED = "the rows in another order for each offset"


class ListForm(Enum):
    """Odd forms of one list (contract 2.1)."""

    OWN_NAME = "the rows under images, patients, enqueued or appointments"
    NESTED = "data.items"
    KEYED_BY_ID = "data as an object, the ids its keys and nowhere else"
    BARE = "a bare array"
    FLOAT_IDS = "ids as 5401.0"
    UNKNOWN_NAME = "the rows under a name that nobody knows"
    COUNT_ALONE = "a total_count and no rows"
    NONE_READABLE = "every id null"
    FIRST_UNREADABLE = "the first row's id null"
    SAYS_NO_MORE = "has_more is false against a larger total_count"
    SHORT = "two rows fewer than total_count, and no more"
    INLINED = "a picture of 50 KB in each row"
    NOTHING_IS_404 = "404 in place of an empty list"
    NOTHING_IS_204 = "204 in place of an empty list"
    NOTHING_IS_NULL = "null in place of an empty list"
    ALL_404 = "404 in place of any list"
    NOTHING_IN_WORDS = "a message that there are none beside an empty list"
    ID_AROUND = "the id of the request around results"
    ERROR_WITH_ID = "the id of the request and an error"
    ROWS_BY_KIND = "data is empty, the rows are in lists of another object"
    OTHER_LANGUAGE = "data is empty, a message in Spanish says that there is nothing yet"
    WITHHELD = "data is empty, a message says that there is no permission"
    OTHER_TOTAL = "data is empty, totalItems is not"
    DELETED_ROWS = "each second row marked as deleted, in another way each"
    ALL_DELETED = "every row marked as deleted"
    BY_YEAR = "data by year, each year an object of rows by id"
    MERGED = "data is empty, merged_into names another chart"
    MARKED = "data is empty, has_photos is true"
    MIGRATING = "data is empty, a remark says that the chart is being migrated"
    CURSOR_ALONE = "no total_count and no has_more; meta.nextPageToken while there is more"


class DateForm(Enum):
    """How a photo's date is written (contract 2.6)."""

    USUAL = "date_taken and created, YYYY-MM-DD HH:MM:SS"
    DAY = "date_taken without a time"
    CREATED_AT = "created_at"
    DATE_CREATED = "date_created"
    EPOCH = "created as seconds since 1970"
    EPOCH_MS = "created as milliseconds since 1970"
    MAIL = "created as in e-mail: Wed, 05 Nov 2025 09:40:00 GMT"
    UTC_WORD = "created with the word UTC behind it"
    FIGURES = "date_taken as 202511050940"
    UNREADABLE = "month first, and a zero date"


class UploadAnswer(Enum):
    """What a POST answers (contract 6.5)."""

    RESULT = "result, message, portal_queue_id"
    QUEUE_REQUEST = "result, queue_request_id"
    BARE = "a bare object with id"
    NESTED = "result, data.id"
    NO_ID = "result alone"
    EMPTY = "an empty object"
    STATUS_OK = "status: ok and nothing else"
    SUCCESS = "success: true and nothing else"
    MESSAGE = "a message alone: queued for review"
    STATUS_ERROR = "status: error with a message; nothing is stored"
    OWN_RECORD = "the record that the image will have in the chart"
    NULL_ID = "result, and the word null as portal_queue_id"
    OTHER_PATIENT = "result, portal_queue_id and another patient's record"
    FALSE_WITH_ID = "result: false beside an id; it is stored all the same"


class QueueForm(Enum):
    """How `/portal/enqueued` answers (contract 7.1)."""

    LIST = "as the other lists"
    OTHER_SHAPE = "an object with the entries under a name that nobody knows"
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
    NOTHING = "206 with the right words around no bytes"
    REFUSED = "416 to every question for a part"


class TypeWords(Enum):
    """How a photo's record names its type (contract 6.6: unknown)."""

    STATED = "photo_type: personal or medical"
    OTHER_WORDS = "photo_type: profile or clinical"
    MISSING = "not at all"


class TypeLists(Enum):
    """What `photo_type=` does to the list of photos (contract 6.1)."""

    HONOURED = "the photos of that type"
    IGNORED = "every photo, as without it"
    REFUSED = "400"
    EMPTY = "no photo: this tenant calls its types otherwise"
    OTHER_PERSONAL = "the medical photos; none for personal, which this tenant calls otherwise"
    SWAPPED = "the medical photos for personal, and the other way round"
    ALL_PERSONAL = "every photo for personal, none for medical"
    ALL_MEDICAL = "every photo for medical, none for personal"
