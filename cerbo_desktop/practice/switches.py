"""What can be switched while the clinic runs: which of the forms that the contract leaves open it answers in."""

from dataclasses import dataclass, field

from cerbo_desktop.practice.answer_forms import (
    ContentForm,
    DateForm,
    Envelope,
    IdForm,
    ListForm,
    Paging,
    QueueForm,
    RangeForm,
    TypeLists,
    TypeWords,
    UploadAnswer,
    VersionForm,
)
from cerbo_desktop.practice.withholding import Withheld


@dataclass
class Switches:
    """The switches of the clinic. Set any attribute from any thread; the next request sees it."""

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
    type_words: TypeWords = TypeWords.STATED
    type_lists: TypeLists = TypeLists.HONOURED
    rows_lack: frozenset[str] = frozenset()
    """Fields of a photo's record that its row in the list leaves out, such as `date_taken`."""
    rows_tell_size: bool = False
    """Rows of photos tell `file_size` too, but for one in five."""
    records_lack: frozenset[str] = frozenset()
    """Fields that the record of one photo leaves out."""
    record_types: dict[int, str] = field(default_factory=dict)
    """By a photo's id, the `photo_type` of its own record, whatever its row in the list says."""
    records_inline_chars: int = 0
    """Of base64 in the record of one photo."""
    most_rows: int = 100
    """Of any page, however many were asked for."""
    shuffles_photos: bool = False
    """Photos in an order that is neither by id nor by date, the same at each listing."""
    below_path: str = ""
    """The clinic answers below this path alone, such as `/cerbo`, as a relay may."""
    odd_lists: dict[str, ListForm] = field(default_factory=dict)
    """By kind of list: `images`, `search`, `queue`, `appointments`."""
    photo_dates: DateForm = DateForm.USUAL
    holds_later_pages: bool = False
    """The pages of an album after its first aren't answered until this is thrown back."""
    deletes_between_pages: bool = False
    """Once, after the first page of an album that has more of them, its first photo is deleted."""
    photo_ids_by_chart: bool = False
    """Photos are numbered within each chart, so that each has a photo 1 (unknown for Cerbo; contract 6.6)."""
    photo_ids_alone: bool = False
    """Photo records hold nothing but `object` and `id` (contract 6.6: only the id is sure)."""
    patient_field: str = "pt_id"
    """How photo records say whose they are: a field with the id, or with the patient's own record in it (`patient`,
    `pt`, `patient_details`), a FHIR reference (`subject`), JSON:API's `relationships`, or nothing but the photo's own
    link (`url_image_content`)."""
    names_other_patient: bool = False
    """Patient and photo records come back with the id of another patient: an answer to refuse."""
    queue_lists_uploads: bool = True
    """False: `/portal/enqueued` leaves photos out (contract 7.1: how an image is labelled is unknown)."""
    queue_calls_photos: str = ""
    """The status under which photos wait in `/portal/enqueued`, "completed" say, as an upload is; empty: their own."""
    lists_waiting_photos: bool = False
    """The list of a chart's photos shows those that wait in the queue as well, under an id of their own."""
    waiting_photo_status: str = ""
    """Then: the `status` of their rows; empty: they have none."""
    queue_keeps_accepted_as: str = ""
    """The status under which entries that staff accepted stay in `/portal/enqueued`; empty: they leave it."""
    max_upload_chars: int = 16_000_000
    """Ceiling of `base64_content`: the strictest reading of "16 MB" (contract 6.5). Above it: 413."""
    withheld: tuple[Withheld, ...] = ()
    """What the key isn't allowed, by kind of request, for every patient or for one."""
    requests_a_second: int = 0
    """How many are carried out; those beyond it are refused as overload (contract 4: no number is known). 0: any."""
    is_overloaded: bool = False
    """Every request is refused, until it is thrown back."""
    overload_status: int = 429
    """Or 503."""
    retry_after: str = ""
    """With a refusal for overload: seconds, an HTTP date or nonsense; empty sends none."""
    more_keys: frozenset[str] = frozenset()
    """Further key names that sign in with the same secret: a practice that renames its key, or has two."""
