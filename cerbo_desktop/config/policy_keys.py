"""The table of policy keys: what the clinic's IT can set, and everything that is known of each key.

The policy file is read by it, and `python3 packaging/dev.py policy` makes from it the example file, the reference for
the clinic's IT and the templates for management tools. Its words are for whoever writes a policy; the app shows none.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from cerbo_desktop.config.policy_kinds import (
    ChartAddress,
    FilePath,
    Kind,
    ServerAddress,
    Text,
    TrueOrFalse,
    WebAddress,
    WholeNumber,
)
from cerbo_desktop.domain.evidence import TAKEN_KEPT
from cerbo_desktop.domain.limits import MAX_TAKEN_KEPT

Value = bool | int | str
T = TypeVar("T", bound=Value | None, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyKey(Generic[T]):
    """One row of the table."""

    name: str
    title: str
    """What a management tool calls it."""
    kind: Kind
    default: T
    """What holds where the key is not set; None where nothing does, or where a person chooses."""
    unset: str = ""
    """The default in words, where it is None."""
    safe_side: Value | None = None
    """What holds while the policy file can't be trusted; None where the key then counts as not set."""
    while_faulty: str = ""
    """The safe side in words, where it is neither a value nor the same as not set."""
    example: Value
    about: str
    """One sentence."""
    more: str = ""
    """What else somebody has to know who sets the key."""
    is_for_later: bool = False
    """Whether this version only reads the key and has nothing yet that it could govern."""


SERVER: PolicyKey[str | None] = PolicyKey(
    name="server",
    title="Address of Cerbo or of the relay",
    kind=ServerAddress(),
    default=None,
    unset="what a person types at setup",
    example="https://clinic.md-hq.com",
    about="The practice's Cerbo, or the relay that holds its key.",
    more="Nobody can type another one.",
    while_faulty="the address in use stays",
)
AUTHORITY_FILE: PolicyKey[str | None] = PolicyKey(
    name="authority_file",
    title="One more certificate authority",
    kind=FilePath(),
    default=None,
    unset="none besides the system's",
    example="/etc/cerbo-desktop/clinic-authority.pem",
    about="One more certificate authority, for a relay whose certificate the clinic made itself: "
    "the full path of a PEM file.",
    more="The file and its folder must be as safe as the policy file. The app trusts it besides what the system "
    "trusts; no variable of a user's session (SSL_CERT_FILE, SSL_CERT_DIR) has a say.",
)
CAMERA: PolicyKey[bool] = PolicyKey(
    name="camera",
    title="Camera",
    kind=TrueOrFalse(),
    default=True,
    example=True,
    about="Whether photos may be taken with a camera.",
    more="false: no camera is looked for; photos can be added from files. While the policy file is not right the "
    "camera works: one wrong letter must not stop check-in on every PC, and a camera opens by a person's hand alone.",
)
THUMBNAIL_CACHE: PolicyKey[bool | None] = PolicyKey(
    name="thumbnail_cache",
    title="Thumbnails on disk",
    kind=TrueOrFalse(),
    default=None,
    unset="off, unless the person wants them",
    safe_side=False,
    example=False,
    about="Whether thumbnails of albums are kept on disk, encrypted, from one session to the next.",
)
TAKEN_PHOTO_DAYS: PolicyKey[int] = PolicyKey(
    name="taken_photo_days",
    title="Days to keep the copy of a photo that Cerbo took unseen",
    kind=WholeNumber(1, MAX_TAKEN_KEPT.days),
    default=TAKEN_KEPT.days,
    example=TAKEN_KEPT.days,
    about="Days for which the encrypted copy of a photo stays on the PC when Cerbo took it, but the API key can't look "
    "in Cerbo's queue and the photo was not found in the chart since.",
)
SINGLE_LETTER_KEYS: PolicyKey[bool | None] = PolicyKey(
    name="single_letter_keys",
    title="Commands by single letters, digits and signs",
    kind=TrueOrFalse(),
    default=None,
    unset="on, unless the person switches them off",
    example=False,
    about="Whether a letter, a digit or a sign that is pressed alone may be a command, such as R to rotate a photo.",
    more="false: for people who dictate, or whose bar-code reader types into any window. Every such command has a "
    "button or another key, too.",
)
CHART_URL: PolicyKey[str | None] = PolicyKey(
    name="chart_url",
    title="Address of Cerbo in the browser",
    kind=ChartAddress(),
    default=None,
    unset="the practice's own Cerbo; none behind a relay",
    example="https://clinic.md-hq.com",
    about="The page that opens in the browser for Open in Cerbo: needed behind a relay, whose address shows no charts.",
    more="Cerbo documents no address of a chart. Where the clinic knows one, {patient_id} stands for the patient's ID "
    "in it; no name is ever put into an address.",
)
PRACTICE: PolicyKey[bool] = PolicyKey(
    name="practice",
    title="Practice clinic",
    kind=TrueOrFalse(),
    default=True,
    safe_side=False,
    example=True,
    about="Whether the practice clinic with made-up patients may be opened.",
)
UPDATE_NOTICE_TEXT: PolicyKey[str | None] = PolicyKey(
    name="update_notice_text",
    title="Note about a new version: text",
    kind=Text(),
    default=None,
    unset="no note",
    example="Version 1.2 comes on Friday evening.",
    about="A note in the settings, beside the version.",
)
UPDATE_NOTICE_URL: PolicyKey[str | None] = PolicyKey(
    name="update_notice_url",
    title="Note about a new version: address",
    kind=WebAddress(),
    default=None,
    unset="no address",
    example="https://it.clinic.example/cerbo-desktop",
    about="An address that is shown behind that note.",
)
COPY_SAVE_PRINT: PolicyKey[bool | None] = PolicyKey(
    name="copy_save_print",
    title="Copy, save and print",
    kind=TrueOrFalse(),
    default=None,
    unset="no effect yet",
    safe_side=False,
    example=False,
    about="Whether photos of a chart may be copied, saved and printed.",
    more="Kept for a later version; this one has no copy, save or print of photos.",
    is_for_later=True,
)
IDLE_LOCK_MINUTES: PolicyKey[int | None] = PolicyKey(
    name="idle_lock_minutes",
    title="Minutes until an idle app locks itself",
    kind=WholeNumber(1, 15),
    default=None,
    unset="no effect yet",
    safe_side=5,
    example=5,
    about="Minutes without a key or a click after which the app locks itself.",
    more="Kept for a later version; this one does not lock by itself.",
    is_for_later=True,
)

KEYS: tuple[PolicyKey[Value | None], ...] = (
    SERVER,
    AUTHORITY_FILE,
    CAMERA,
    THUMBNAIL_CACHE,
    TAKEN_PHOTO_DAYS,
    SINGLE_LETTER_KEYS,
    CHART_URL,
    PRACTICE,
    UPDATE_NOTICE_TEXT,
    UPDATE_NOTICE_URL,
    COPY_SAVE_PRINT,
    IDLE_LOCK_MINUTES,
)
"""All of them, in the order in which the example and the reference tell of them."""
NAMES = frozenset(key.name for key in KEYS)
