"""What the clinic's IT sets for everybody on a PC, as it was read; `effective` says what holds.

The keys are in `policy_keys`; `policy_reading` reads them, from a file and from what a management tool has set.
"""

from dataclasses import dataclass
from enum import Enum
from typing import cast

import msgspec

from cerbo_desktop.config.policy_keys import KEYS, PolicyKey, T, Value


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """What a policy sets, by the names of `policy_keys`; None where a key is not set."""

    server: str | None = None
    idle_lock_minutes: int | None = None
    camera: bool | None = None
    thumbnail_cache: bool | None = None
    copy_save_print: bool | None = None
    practice: bool | None = None
    taken_photo_days: int | None = None
    authority_file: str | None = None
    single_letter_keys: bool | None = None
    chart_url: str | None = None
    update_notice_text: str | None = None
    update_notice_url: str | None = None

    def sets(self, key: PolicyKey[T]) -> bool:
        """Whether the policy has the key."""
        return getattr(self, key.name) is not None

    def value(self, key: PolicyKey[T]) -> T:
        """What the policy sets, else the key's default."""
        return cast("T", getattr(self, key.name)) if self.sets(key) else key.default


SAFE_SIDE = msgspec.convert({key.name: key.safe_side for key in KEYS}, Policy)
"""While a policy is there that cannot be trusted or understood."""

_NOTHING_SET = Policy()


class PolicyFaultKind(Enum):
    """Why a policy is not used; the words stand in the interface."""

    CANNOT_BE_READ = "cannot be read"
    NOT_A_FILE = "not a file"
    TOO_LARGE = "too large"
    NOT_TEXT = "not text"
    NOT_TOML = "not toml"
    NOT_PROPERTY_LIST = "not a property list"
    TWICE = "twice"
    BAD_VALUE = "bad value"
    WRONG_OWNER = "wrong owner"
    """A file that an ordinary user owns, or could replace, sets nothing for the others."""
    WRITABLE = "writable"


@dataclass(frozen=True, slots=True)
class PolicyFault:
    """What is wrong with a policy, and where."""

    kind: PolicyFaultKind
    place: str
    """A file's path, or a key of the Windows registry."""
    line: int | None = None
    """From 1; None where the place has no lines, or the fault has none."""
    key: str = ""
    """Of the table, where one is at fault."""


@dataclass(frozen=True, slots=True)
class PolicyReading:
    """What a start found where a policy can be."""

    places: tuple[str, ...] = ()
    """Where something is set, the strongest first; empty where there is no policy on this PC."""
    policy: Policy = _NOTHING_SET
    fault: PolicyFault | None = None
    unknown_keys: tuple[str, ...] = ()
    """Named to whoever wrote them; they do nothing."""
    clinic_authority: str = ""
    """What stood in the policy's `authority_file`, as PEM. Read once: what was judged is what is used."""

    def set_keys(self) -> dict[str, Value]:
        """What the policy sets, by name: for telling a person."""
        return {name: value for name, value in msgspec.structs.asdict(self.policy).items() if value is not None}


NO_POLICY = PolicyReading()
