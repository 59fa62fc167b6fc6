"""A desk without a window, as a process of its own that can be killed: the real queue, disk, seal and client.

    python -m tests.durability.desk FOLDER ORIGIN PHOTOS [DIE_AT]

Accepts PHOTOS photos, printing `accepted SHA256` only after each is said to be safe, sends until nothing is left to do,
prints what has become of each, whether its file opens, and `done`. With DIE_AT, a number, it kills itself at that
checkpoint; with `record` it prints the name of each.
"""

import asyncio
import hashlib
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.domain.address import Origin, parse_address
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.portal_queue import Receipt
from cerbo_desktop.domain.ports import LastByteGate, Progress
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.domain.verdict import Accepted, MediaType, OutgoingPhoto
from cerbo_desktop.outbox.disk_outbox import DiskOutbox
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.uploading import Uploading
from cerbo_desktop.vault.seal import AesGcmSealer

KEY = bytes(range(32))
PATIENTS = (Patient(PatientId("4001"), "Canary", "Birdsong"), Patient(PatientId("4002"), "Robin", "Ashgrove"))
_UNFINISHED = frozenset(
    {
        *(UploadState.QUEUED, UploadState.SENDING, UploadState.COMMITTING),
        *(UploadState.UNSURE, UploadState.CHECKING),
    }
)
_TIMES_FASTER = 250
_PREVIEW = Raster(1, 1, b"\0\0\0\xff", 1, 1)


def photo(number: int) -> OutgoingPhoto:
    """Different bytes for each number, that begin as a photo does; 40 KB, so that sending takes several pieces."""
    data = b"\xff\xd8\xff\xe0" + hashlib.sha256(str(number).encode()).digest() * 1250
    return OutgoingPhoto(data, MediaType.JPEG, 1, 1, hashlib.sha256(data).hexdigest())


def patient_of(number: int) -> Patient:
    return PATIENTS[number % len(PATIENTS)]


class QuickClock:
    """Some minutes pass in one second."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def local(self, moment: datetime) -> datetime:
        return moment

    def elapsed_s(self) -> float:
        return _TIMES_FASTER * time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / _TIMES_FASTER)


class Fate:
    """Counts checkpoints, and kills the process at the one that was told."""

    def __init__(self, die_at: str) -> None:
        self._die_at, self._count = die_at, 0

    def without_checkpoint(self, name: str) -> None:
        self._count += 1
        if self._die_at == "record":
            print(f"checkpoint {name}\n", end="", flush=True)  # in one piece: threads pass by, too
        elif self._die_at == str(self._count):
            os.kill(os.getpid(), signal.SIGKILL)


class WatchedClient(CerboClient):
    """The real client, with checkpoints around the moments that matter."""

    without_checkpoint: Callable[[str], None]

    async def create_photo(
        self,
        patient_id: PatientId,
        photo: OutgoingPhoto,
        *,
        on_progress: Progress | None = None,
        on_last_byte: LastByteGate | None = None,
    ) -> Receipt:
        async def gate() -> None:
            self.without_checkpoint("at the gate")
            if on_last_byte is not None:
                await on_last_byte()
            self.without_checkpoint("through the gate")

        self.without_checkpoint("before the post")
        receipt = await super().create_photo(patient_id, photo, on_progress=on_progress, on_last_byte=gate)
        self.without_checkpoint("answered")
        return receipt


async def work(folder: Path, origin: Origin, photos: int, fate: Fate) -> None:
    failures: list[BaseException] = []
    client = WatchedClient(origin, "pk_desk", "sk_secret")
    client.without_checkpoint = fate.without_checkpoint
    clock = QuickClock()
    outbox = DiskOutbox(folder, AesGcmSealer(KEY), "desk", clock, checkpoint=fate.without_checkpoint)
    contents = PhotoContentCache(client, scope=TaskScope("test", failures.append))
    uploading = Uploading(client, ServerLookup(client, contents), outbox, clock, TaskScope("test", failures.append))
    await uploading.open()
    for number in range(photos):
        await uploading.accept(patient_of(number), Accepted(photo(number), _PREVIEW))
        print(f"accepted {photo(number).sha256}\n", end="", flush=True)
    while any(_is_unfinished(upload, folder) for upload in uploading.feed.latest):
        await asyncio.sleep(0.005)
        if failures:
            raise failures[0]
    for upload in uploading.feed.latest:
        print(f"state {upload.photo.sha256} {upload.state.name}", flush=True)
        if upload.is_unsent and (await outbox.photo(upload.id)).sha256 == upload.photo.sha256:
            print(f"opens {upload.photo.sha256}", flush=True)
    await uploading.aclose()
    await contents.aclose()
    await client.aclose()
    print("done", flush=True)


def _is_unfinished(upload: Upload, folder: Path) -> bool:
    """Something is still to be done for it, if only to give up the bytes that Cerbo has."""
    if upload.state is UploadState.ACCEPTED or (upload.state is UploadState.SENT and upload.queue_id is not None):
        return any(folder.glob(f"{upload.id}.*"))
    return upload.state in _UNFINISHED and not upload.needs_person


def main(arguments: list[Any]) -> None:
    folder, address, photos, *die_at = arguments
    origin = parse_address(address)
    assert isinstance(origin, Origin)
    asyncio.run(work(Path(folder), origin, int(photos), Fate(die_at[0] if die_at else "")))


if __name__ == "__main__":
    main(sys.argv[1:])
