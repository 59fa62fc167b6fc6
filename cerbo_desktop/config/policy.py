"""What the clinic's IT sets for everybody on a PC: the governed things, and what holds while its file is not right.

Reading the file is in `policy_file`. A key that is not there leaves its thing to the person.
"""

import sys
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Annotated

import msgspec
import platformdirs

from cerbo_desktop.domain.address import AddressFault, Origin, parse_address
from cerbo_desktop.domain.evidence import TAKEN_KEPT

_Minutes = Annotated[int, msgspec.Meta(ge=1, le=15)]
_Days = Annotated[int, msgspec.Meta(ge=1, le=14)]
_ShortText = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of `policy.toml`. None: not set."""

    server: _ShortText | None = None
    """The practice's Cerbo or its relay, as set-up takes it."""
    idle_lock_minutes: _Minutes | None = None
    """Kept for a version that locks by itself; this one does not."""
    camera: bool | None = None
    thumbnail_cache: bool | None = None
    """Small pictures kept on the disk, sealed, from one session to the next."""
    copy_save_print: bool | None = None
    """Kept for a version that has any of the three; this one has none."""
    practice: bool | None = None
    taken_photo_days: _Days | None = None
    """How long the encrypted copy of a photo stays on this PC that Cerbo took and that was seen nowhere since."""
    authority_file: _ShortText | None = None
    """Certificates that the app trusts besides the system's own; see `PolicyReading.clinic_authority`."""
    update_notice_text: _ShortText | None = None
    update_notice_url: _ShortText | None = None

    @property
    def origin(self) -> Origin | None:
        """Where the app talks to, and nowhere else."""
        found = parse_address(self.server) if self.server is not None else None
        return None if isinstance(found, AddressFault) else found

    @property
    def allows_camera(self) -> bool:
        return self.camera is not False

    @property
    def allows_practice(self) -> bool:
        return self.practice is not False

    @property
    def keeps_taken_for(self) -> timedelta:
        return TAKEN_KEPT if self.taken_photo_days is None else timedelta(days=self.taken_photo_days)

    def keeps_thumbnails(self, is_wanted: bool) -> bool:
        """The policy's word, or where it has none the person's own wish."""
        return is_wanted if self.thumbnail_cache is None else self.thumbnail_cache


SAFE_SIDE = Policy(idle_lock_minutes=5, thumbnail_cache=False, copy_save_print=False, practice=False)
"""While a file is there that cannot be trusted. The camera stays: one wrong letter must not stop check-in on a hundred
PCs, and it opens by a person's hand alone. The address stays what it was: see `PolicyReading.keeps_address`."""


_NOTHING_SET = Policy()


class PolicyFaultKind(Enum):
    """Why a policy file is not used; the words stand in the interface."""

    CANNOT_BE_READ = "cannot be read"
    NOT_A_FILE = "not a file"
    TOO_LARGE = "too large"
    NOT_TEXT = "not text"
    NOT_TOML = "not toml"
    TWICE = "twice"
    BAD_VALUE = "bad value"
    WRONG_OWNER = "wrong owner"
    """A file that an ordinary user owns, or could replace, sets nothing for the others."""
    WRITABLE = "writable"


@dataclass(frozen=True, slots=True)
class PolicyFault:
    kind: PolicyFaultKind
    file: Path
    line: int | None = None
    """From 1."""
    key: str = ""
    """Of `Policy`, where one is at fault."""


class AddressLock(Enum):
    """Why nobody can type another address."""

    BY_POLICY = "policy"
    BY_FAULT = "fault"
    """The policy file may have set one, and is not used."""


class PracticeOff(Enum):
    """Why there is no practice clinic."""

    BY_POLICY = "policy"
    BY_FAULT = "fault"
    """The policy file may have turned it off, and is not used."""


@dataclass(frozen=True, slots=True)
class PolicyReading:
    """What a start found."""

    file: Path
    policy: Policy = _NOTHING_SET
    is_there: bool = False
    fault: PolicyFault | None = None
    unknown_keys: tuple[str, ...] = ()
    """Named to whoever wrote them; they do nothing."""
    clinic_authority: str = ""
    """What stood in the policy's `authority_file`, as PEM. Read once: what was judged is what is used."""

    @property
    def keeps_address(self) -> bool:
        """The file may have set an address, which nobody knows now: the one in use stays, and no other is taken."""
        return self.fault is not None

    def address_or(self, own: str) -> str:
        """The locked address as text, or `own`."""
        origin = self.policy.origin
        return own if origin is None else origin.text

    def address_lock(self, own: str) -> AddressLock | None:
        """Why nobody can type another address than `own`, which is empty before setup; None where everybody may."""
        if self.keeps_address and own:
            return AddressLock.BY_FAULT
        return AddressLock.BY_POLICY if self.policy.origin is not None else None

    @property
    def practice_off(self) -> PracticeOff | None:
        """Why there is no practice clinic; None where there is one."""
        if self.policy.allows_practice:
            return None
        return PracticeOff.BY_POLICY if self.fault is None else PracticeOff.BY_FAULT


def policy_path() -> Path:
    """Machine-wide, and deliberately not movable by an environment variable."""
    if sys.platform == "win32":
        folder = Path(platformdirs.site_config_dir("Cerbo Desktop", appauthor=False))
    elif sys.platform == "darwin":
        folder = Path("/Library/Application Support/Cerbo Desktop")
    else:
        folder = Path("/etc/cerbo-desktop")
    return folder / "policy.toml"


NO_POLICY = PolicyReading(policy_path())
