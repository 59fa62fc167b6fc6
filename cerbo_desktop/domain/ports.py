"""What the services need from the outside, as Protocols. The adapters stand in `api`, `imaging` and `vault`."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from cerbo_desktop.domain.appointment import Appointment
from cerbo_desktop.domain.ids import PatientId, PhotoId, QueueId
from cerbo_desktop.domain.page import Listing, Page
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.patient_query import PatientQuery
from cerbo_desktop.domain.photo import Content, Photo, PhotoType
from cerbo_desktop.domain.portal_queue import QueueEntry, Receipt
from cerbo_desktop.domain.raster import PartialImage, Raster
from cerbo_desktop.domain.urgency import DynamicUrgency, Urgency
from cerbo_desktop.domain.verdict import OutgoingPhoto, Verdict

Progress = Callable[[int, int | None], None]
"""Called with bytes done and, where known, bytes in all."""
LastByteGate = Callable[[], Awaitable[None]]
"""Awaited before the byte that completes a request may leave; by raising it keeps the byte back."""


class PartialDownload(Protocol):
    """A photo on its way, as far as it has come. Let go of it soon: it holds every byte that has arrived."""

    @property
    def done_bytes(self) -> int:
        """How much of the answer has come; as base64 it is a third longer than the photo."""
        ...

    @property
    def total_bytes(self) -> int | None:
        """The size of the whole answer; None where the server does not say."""
        ...

    def head(self, limit_bytes: int | None = None) -> bytes:
        """The photo's own first bytes so far, at most `limit_bytes`; empty where they cannot be told (yet).

        Text is decoded anew at each call, no more of it than is asked for: 64 KB take 0.7 ms (measured, 3.7). Call it
        in a thread for the whole of a large photo, which any thread may do while more arrives.
        """
        ...


OnArrival = Callable[[PartialDownload], None]
"""Called in the loop with each piece that arrives. A try that follows a broken one brings another `PartialDownload`."""


class CerboServer(Protocol):
    """The operations of one practice's Cerbo that this app uses; there is no generic request.

    Every method raises `domain.errors.ServerError` and its kinds, and can be cancelled at any await.
    """

    async def search_patients(self, query: PatientQuery, *, limit: int = 50) -> Listing[Patient]: ...

    async def patient(self, patient_id: PatientId) -> Patient: ...

    def photo_pages(
        self, patient_id: PatientId, photo_type: PhotoType | None = None, *, urgency: Urgency = Urgency.NOW
    ) -> AsyncIterator[Page[Photo]]:
        """Pages of the album, as they arrive, ids never repeated."""
        ...

    async def photos(
        self,
        patient_id: PatientId,
        photo_type: PhotoType | None,
        *,
        limit: int,
        first_row: int = 0,
        urgency: Urgency = Urgency.BACKGROUND,
    ) -> Listing[Photo]:
        """At most `limit` photos by one request, in Cerbo's order: for a face on a list row, or one end of an album."""
        ...

    async def photo(self, patient_id: PatientId, photo_id: PhotoId, *, urgency: Urgency = Urgency.NOW) -> Photo:
        """One photo's record, which may say more than its row in the list."""
        ...

    async def content(
        self,
        patient_id: PatientId,
        photo_id: PhotoId,
        *,
        urgency: Urgency | DynamicUrgency = Urgency.NOW,
        on_arrival: OnArrival | None = None,
        has_other_way: bool = False,
    ) -> Content:
        """The photo's bytes by `/content`. `has_other_way`: where this route alone is held back for overload, it ends
        in `Overloaded` and is not waited for."""
        ...

    async def stream(
        self,
        patient_id: PatientId,
        photo_id: PhotoId,
        *,
        urgency: Urgency | DynamicUrgency = Urgency.NOW,
        on_arrival: OnArrival | None = None,
        has_other_way: bool = False,
    ) -> Content:
        """The photo's bytes by `/stream`; as `content`."""
        ...

    async def create_photo(
        self,
        patient_id: PatientId,
        photo: OutgoingPhoto,
        *,
        on_progress: Progress | None = None,
        on_last_byte: LastByteGate | None = None,
    ) -> Receipt:
        """Send one photo to the portal queue; never repeated by itself.

        `on_last_byte` is awaited once, just before the byte that completes the request leaves: from there on a failure
        raises `MaybeSent` unless the answer proves that nothing was stored; before it, `Unreachable`.
        """
        ...

    async def enqueued(self, patient_id: PatientId) -> Listing[QueueEntry]:
        """The open entries of the portal queue. Not complete where the answer may hold only a part of them."""
        ...

    async def withdraw(self, patient_id: PatientId, queue_id: QueueId) -> None: ...

    async def appointments(self, first_day: date, last_day: date) -> Listing[Appointment]: ...

    async def can_list_users(self) -> bool:
        """True when `/users` answers; False when this key may not read users (contract 13, connection test)."""
        ...

    async def probe(self) -> None:
        """Ask a question that costs little, to see whether Cerbo answers, and answers this key. For after a trouble."""
        ...

    def forget_refusals(self) -> None:
        """Ask again, once, for what Cerbo refused to this key; else it is not asked for within a day."""
        ...

    def forget_parts(self, patient_id: PatientId) -> None:
        """Drop the beginnings of photos of this patient that are not whole, also of those that are being ended now."""
        ...

    async def aclose(self) -> None: ...


class ImageStudio(Protocol):
    """Decoding and judging photos, away from the interface."""

    async def thumbnail(self, data: bytes, edge_px: int, *, urgency: Urgency = Urgency.VISIBLE) -> Raster:
        """The photo, upright, its longer edge at most `edge_px`. Raises `CannotShow`."""
        ...

    async def embedded(self, head: bytes, edge_px: int, *, urgency: Urgency = Urgency.VISIBLE) -> Raster:
        """The thumbnail that a JPEG carries within its first 64 KB: upright, without black bars, never enlarged.

        Its source size is the photo's own. Raises `CannotShow`: DAMAGED where there is none, it is not of this
        photo's shape, or the photo's size stands further back.
        """
        ...

    async def full(self, data: bytes, *, urgency: Urgency = Urgency.NOW) -> Raster:
        """Every pixel, upright. Raises `CannotShow`."""
        ...

    async def partial(self, head: bytes, edge_px: int, *, urgency: Urgency = Urgency.NOW) -> PartialImage:
        """What the first bytes of a JPEG show so far, its longer edge at most `edge_px`.

        Raises `CannotShow`: DAMAGED where nothing shows yet, UNSUPPORTED_TYPE for what can't grow on the screen (a
        baseline JPEG that is stored turned) and, as NOT_A_PHOTO, for what is no JPEG.
        """
        ...

    async def examine(self, data: bytes, file_name: str) -> Verdict:
        """Every check that a photo passes before it may be sent. `file_name` may be empty (camera, clipboard)."""
        ...

    async def examine_frame(self, frame: Raster) -> Verdict:
        """A camera frame made into a JPEG of high quality, and every check of it."""
        ...

    async def aclose(self) -> None: ...


class ThumbnailCache(Protocol):
    """Small pictures of one account that outlive the session. Nothing raises: what cannot be kept is made again."""

    async def get(self, patient_id: PatientId, photo_id: PhotoId, edge_px: int) -> Raster | None: ...

    async def put(self, patient_id: PatientId, photo_id: PhotoId, edge_px: int, raster: Raster) -> None: ...

    async def aclose(self) -> None: ...


class SecretPlace(Enum):
    """Where a secret is kept."""

    WINDOWS = "windows"
    MAC = "mac"
    LINUX = "linux"
    """The Secret Service of a Linux desktop."""
    THIS_SESSION = "session"
    """In memory: it is gone when the app ends."""


class SecretStore(Protocol):
    """The operating system's own store for secrets. Raises `NotSafe`."""

    async def place(self) -> SecretPlace:
        """Which store it is. Raises `NotSafe` where there is none."""
        ...

    async def read(self, account: str) -> str | None: ...

    async def write(self, account: str, secret: str) -> None: ...

    async def erase(self, account: str) -> None: ...


class Clock(Protocol):
    """Time as the app sees it; injected so that tests own it."""

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        ...

    def local(self, moment: datetime) -> datetime:
        """`moment`, which is aware, on the wall clock of this PC, by the summer time rules of that very day."""
        ...

    def elapsed_s(self) -> float:
        """Seconds since some moment of this run. Nobody can set it: waits are counted by this, never by `now`."""
        ...

    async def sleep(self, seconds: float) -> None: ...
