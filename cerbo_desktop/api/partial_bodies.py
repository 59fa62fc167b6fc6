"""What came of photos whose connection broke: the rest is asked for, and nothing that is here comes a second time.

A photo may have been replaced meanwhile. Two versions are never put together: the server is told which one is wanted
where it named it, sizes have to agree, and the last bytes that are here are asked for again and compared.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

from cerbo_desktop.api.calls import Incoming
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.limits import MAX_DOWNLOAD_BYTES
from cerbo_desktop.runtime.byte_lru_cache import ByteLruCache

_OVERLAP_BYTES = 256
_MOST_VAIN = 3
_CONTENT_RANGE = re.compile(r"bytes (\d{1,12})-(\d{1,12})/(\d{1,12}|\*)", re.IGNORECASE)


class OtherVersionError(Exception):
    """What the server brings does not continue what is here."""


class NoRestError(OtherVersionError):
    """The server says that it brings the rest, and brings nothing new."""


@dataclass(frozen=True, slots=True)
class Version:
    """What an answer says of the version of the photo that it holds."""

    etag: str = ""
    modified: str = ""
    total_bytes: int | None = None

    @classmethod
    def of(cls, headers: Mapping[str, str], total_bytes: int | None) -> Self:
        """The version that the headers name."""
        return cls(headers.get("etag", "").strip(), headers.get("last-modified", "").strip(), total_bytes)

    @property
    def condition(self) -> str:
        """The value of `If-Range`; a weak tag is not allowed in it."""
        return self.modified if self.etag.startswith("W/") else self.etag or self.modified

    @property
    def is_told(self) -> bool:
        """Whether a rest could be known to be of this version."""
        return self.total_bytes is not None or bool(self.condition)

    def may_be(self, other: "Version") -> bool:
        """Whether nothing that both versions name differs, and something says that they are the same."""
        pairs = ((self.etag, other.etag), (self.modified, other.modified), (self.total_bytes, other.total_bytes))
        return self.is_told and all(not one or not two or one == two for one, two in pairs)


class Visit(NamedTuple):
    """A patient, and how often they have been left."""

    patient_id: PatientId
    left_count: int


@dataclass(frozen=True, slots=True)
class PartialBody:
    """The beginning of an answer's body."""

    data: bytes
    version: Version
    visit: Visit
    vain_count: int = 0
    """How many rests in a row broke off before their first byte."""

    @property
    def asks_from(self) -> int:
        """The first byte of the rest that is asked for; the last bytes that are here are among them."""
        return max(0, len(self.data) - _OVERLAP_BYTES)

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the question for the rest."""
        condition = self.version.condition
        return {"Range": f"bytes={self.asks_from}-", **({"If-Range": condition} if condition else {})}


class PartialBodies:
    """Keeps the beginnings of photos, by the target of their request.

    Bounded in bytes: the photo that broke longest ago is dropped first.
    """

    def __init__(self, budget_bytes: int = MAX_DOWNLOAD_BYTES) -> None:
        self._parts: ByteLruCache[str, PartialBody] = ByteLruCache(budget_bytes, lambda part: len(part.data))
        self._left: Counter[PatientId] = Counter()
        self._restless: set[str] = set()
        """Of which the server brings no rest."""
        self._is_closed = False

    def visit(self, patient_id: PatientId) -> Visit:
        """The present visit to a patient, for a `PartialBody` that may have to be kept later."""
        return Visit(patient_id, self._left[patient_id])

    def get(self, target: str) -> PartialBody | None:
        """The beginning of the photo; None where there is none."""
        return self._parts.get(target)

    def size_bytes(self, target: str) -> int:
        """How much of the photo is here."""
        part = self._parts.get(target)
        return 0 if part is None else len(part.data)

    def keep(self, target: str, part: PartialBody) -> None:
        """Keep the beginning of a photo, unless its patient was left since, or the server brings no rests."""
        if part.vain_count >= _MOST_VAIN:
            self.give_up(target)
        is_here = part.visit == self.visit(part.visit.patient_id) and not self._is_closed
        if target not in self._restless and part.data and part.version.is_told and is_here:
            self._parts.put(target, part)

    def drop(self, target: str) -> None:
        self._parts.discard(target)

    def give_up(self, target: str) -> None:
        """Ask for the whole photo from now on, until the patient is left: asking for the rest brings nothing."""
        self._restless.add(target)
        self.drop(target)

    def forget(self, patient_id: PatientId) -> None:
        """Drop everything of a patient who is left, also what is being ended now."""
        self._left[patient_id] += 1
        self._parts.discard_where(lambda target: _is_of(target, patient_id))
        self._restless = {target for target in self._restless if not _is_of(target, patient_id)}

    def close(self) -> None:
        """Forget everything, and keep nothing any more."""
        self._is_closed = True
        self._parts.clear()
        self._restless.clear()


def _is_of(target: str, patient_id: PatientId) -> bool:
    return f"/patients/{patient_id}/" in target


@dataclass(frozen=True, slots=True)
class Rest:
    """The range of bytes that an answer with status 206 says that it holds."""

    start: int
    end: int
    total_bytes: int | None

    @classmethod
    def of(cls, answer: Incoming) -> "Rest | None":
        """What the `Content-Range` says; None where it says nothing that makes sense."""
        found = _CONTENT_RANGE.fullmatch(answer.headers.get("content-range", "").strip())
        if found is None:
            return None
        start, end = int(found[1]), int(found[2])
        total_bytes = None if found[3] == "*" else int(found[3])
        is_sound = start <= end and (total_bytes is None or end < total_bytes)
        return cls(start, end, total_bytes) if is_sound else None

    @property
    def is_all(self) -> bool:
        """Whether it is the whole photo."""
        return self.start == 0 and self.end + 1 == self.total_bytes

    def continues(self, part: PartialBody, headers: Mapping[str, str]) -> bool:
        """Whether the rest begins where it should, and is of the same version."""
        version = Version.of(headers, self.total_bytes)
        is_same = part.version.may_be(version) and (self.total_bytes is not None or bool(part.version.condition))
        return is_same and self.start == part.asks_from and self.end >= len(part.data)


class RestJoiner:
    """Joins a rest to what is here: the bytes that both have must be the same."""

    def __init__(self, rest: Rest, part: PartialBody) -> None:
        self._known = part.data[part.asks_from :]
        self._left_bytes = rest.end - rest.start + 1
        self._brings_nothing = True
        self._is_last = rest.total_bytes is None or rest.end + 1 == rest.total_bytes

    def taken(self, piece: bytes) -> bytes:
        """Return the bytes of the next piece that are not here yet. Raises `OtherVersionError` where the others differ
        from what is here."""
        known, self._known = self._known[: len(piece)], self._known[len(piece) :]
        self._left_bytes -= len(piece)
        if self._left_bytes < 0 or not piece.startswith(known):
            raise OtherVersionError
        fresh = piece[len(known) :]
        self._brings_nothing = self._brings_nothing and not fresh
        return fresh

    def end(self) -> None:
        """Check the end. Raises `BadAnswer` where the photo is not whole yet, `NoRestError` where nothing new came."""
        if self._brings_nothing:
            raise NoRestError
        if self._left_bytes or not self._is_last:
            raise BadAnswer(BadAnswerKind.CUT_OFF)
