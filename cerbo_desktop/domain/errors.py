"""Everything that can go wrong in the outside world, in one tree.

    CerboDesktopError
    ├── ServerError                  talking to Cerbo
    │   ├── Unreachable              no connection, or it broke before anything could have been stored
    │   │   ├── Untrusted            the TLS certificate is not to be trusted; nothing was sent
    │   │   └── Stalled              one thing did not get on; whether Cerbo can be reached is another question
    │   ├── SignedOut                401: Cerbo refuses the key
    │   ├── Forbidden                403, or a 401 that concerns one thing alone
    │   ├── Missing                  404
    │   ├── NotTold                  a good answer that leaves open what was asked
    │   ├── Overloaded               429 and 503, with the wait the server asked for
    │   ├── BadAnswer                an answer that is no answer: a web page, broken JSON, too large, cut off
    │   ├── ServerRefused            400, 413, 415, 422, or 200 with `result: false`
    │   └── MaybeSent                the last byte left and no usable answer came back
    ├── CannotShow                   bytes that cannot be decoded, or only by risking the app
    └── NotSafe                      no safe place for a secret or a photo

Adapters translate at their edge, each in one file. An error carries a closed-set reason and never text from outside:
URLs, names and server messages would end up in a log. The sentences for people stand in `ui/text/failures.py`.
"""

from enum import Enum

from cerbo_desktop.domain.verdict import RefusalReason


class CerboDesktopError(Exception):
    """Root of the tree."""


class ServerError(CerboDesktopError):
    """Talking to Cerbo failed."""


class StoppedAt(Enum):
    """How far a request got on its way to Cerbo. Whatever comes before it went well."""

    NAME_LOOKUP = "name"
    """The server's name was not found."""
    CONNECTION = "connection"
    """No connection could be made."""
    REFUSED = "connection refused"
    CONNECT_TIMEOUT = "connection not answered"
    TLS_HANDSHAKE = "secure greeting"
    """Connected; the handshake broke off, before a certificate could be judged."""
    CERTIFICATE = "certificate"
    ANSWER = "answer"
    """Connected, over plain HTTP; no answer came."""
    SECURE_ANSWER = "secure answer"
    """Connected, with a certificate that was accepted; no answer came."""


class Unreachable(ServerError):
    """There was no connection, or it broke before anything could have been stored.

    `stopped_at` is None where that is not known.
    """

    def __init__(self, stopped_at: StoppedAt | None = None) -> None:
        super().__init__(*([stopped_at.value] if stopped_at is not None else []))
        self.stopped_at = stopped_at


class TlsFault(Enum):
    """Why a certificate is not to be trusted."""

    EXPIRED = "expired"
    NOT_YET_VALID = "not yet valid"
    WRONG_HOST = "wrong host"
    UNKNOWN_ISSUER = "unknown issuer"
    OTHER = "other"


class Untrusted(Unreachable):
    """The TLS certificate is not to be trusted; nothing was sent. `issuer` is who issued it, empty where that is not
    known."""

    def __init__(self, fault: TlsFault, issuer: str = "") -> None:
        super().__init__(StoppedAt.CERTIFICATE)
        self.fault = fault
        self.issuer = issuer


class Stalled(Unreachable):
    """One thing did not get on; whether Cerbo can be reached is another question."""


class SignedOut(ServerError):
    """401: Cerbo refuses the key."""


class Forbidden(ServerError):
    """403, or a 401 that concerns one thing alone."""


class Missing(ServerError):
    """404: there is no such thing."""


class NotTold(ServerError):
    """A good answer that leaves open what was asked."""


class Overloaded(ServerError):
    """429 or 503: the server asked for less. `retry_after_s` is the wait that it named, None where it named none."""

    def __init__(self, retry_after_s: float | None = None) -> None:
        super().__init__("overloaded")
        self.retry_after_s = retry_after_s


class BadAnswerKind(Enum):
    """What is wrong with an answer."""

    WEB_PAGE = "web page"
    NOT_JSON = "not JSON"
    WRONG_SHAPE = "wrong shape"
    NOTHING = "nothing"
    """No content at all, or null."""
    TOO_LARGE = "too large"
    CUT_OFF = "cut off"
    NOT_A_PHOTO = "not a photo"
    REDIRECT = "redirect"
    PROXY = "proxy"
    """Something between here and Cerbo wants a sign-in of its own: 407 or 511."""
    COMPRESSED = "compressed"
    SERVER_FAULT = "server fault"
    NOT_OFFERED = "not offered"
    """405, 406 or 501: this server doesn't do that, or not in this form, however often it is asked."""
    NOT_GIVEN = "not given"
    """Not found, or a page in its place, as with each other photo of the list."""
    OTHER_PATIENT = "other patient"
    LIST_GONE = "list gone"
    """No list where there was one with rows in it, while the patient's record is there."""


class BadAnswer(ServerError):
    """An answer that is no answer.

    `words`: what it says in place of rows, as one short line of plain text, to be shown and never kept.
    """

    def __init__(self, kind: BadAnswerKind, words: str = "") -> None:
        super().__init__(kind.value)
        self.kind, self.words = kind, words


class ServerRefusal(Enum):
    """Why the server refused a request."""

    TOO_BIG = "too big"
    WRONG_TYPE = "wrong type"
    INVALID = "invalid"
    RESULT_FALSE = "result false"
    NOT_OFFERED = "not offered"


class ServerRefused(ServerError):
    """The server refused the request: 400, 413, 415, 422, or 200 with `result: false`."""

    def __init__(self, reason: ServerRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class MaybeSent(ServerError):
    """The last byte left, and no usable answer came back."""


class TurnedAway(MaybeSent):
    """The answer says that the photo was not taken here. That is no proof that it was not stored."""


class CannotShow(CerboDesktopError):
    """The app cannot decode a picture's bytes, or not without risk."""

    def __init__(self, reason: RefusalReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class NotSafeReason(Enum):
    """Why there is no safe place for a secret or a photo."""

    NO_KEYRING = "no keyring"
    KEYRING_LOCKED = "keyring locked"
    KEYRING_FAILED = "keyring failed"
    DISK_READ_ONLY = "disk read-only"
    DISK_FULL = "disk full"
    DISK_FAILED = "disk failed"
    DISK_BUSY = "disk busy"
    """Another program holds the file or the database for longer than we wait."""
    KEY_GONE = "key gone"
    """Sealed photos exist and the key that opens them is not in the keyring of this user."""
    SEAL_BROKEN = "seal broken"
    """A sealed file was changed, cut, or belongs to something else."""
    NEWER_VERSION = "newer version"
    """A later version of the app wrote the list of uploads; this one does not touch it."""
    LIST_CHANGED = "list changed"
    """The list of uploads was changed by something else than the app while it was running."""
    KEPT_FOR_ANOTHER = "kept for another patient"
    """This very photo is in the outbox already, for somebody else: it is not kept a second time."""


class NotSafe(CerboDesktopError):
    """There is no safe place for a secret or a photo, or what is kept there cannot be trusted."""

    def __init__(self, reason: NotSafeReason) -> None:
        super().__init__(reason.value)
        self.reason = reason
