"""Offers to delete the files that photos were made from, once Cerbo has every photo of them.

Where the files lie is known in memory alone. Only a person's word deletes one, and each is read again before.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import NewType, Protocol

from cerbo_desktop.domain.acts import OriginalsDeleted, Publish
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.upload import Recipient, Upload, UploadState, upload_id_of
from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.runtime.deadlines import in_time
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.sent_originals import Kept, Original, deletable_size, delete_unchanged

ANSWER_WITHIN_S = 20.0
"""For one file: to look where it lies, or to read it again and delete it."""
_IN_CERBO_STATES = (UploadState.SENT, UploadState.TAKEN, UploadState.ACCEPTED)
OfferId = NewType("OfferId", int)


@dataclass(frozen=True, slots=True)
class OriginalsOffer:
    """The files of one patient that were sent together, and of which Cerbo has every photo."""

    id: OfferId
    recipient: Recipient
    originals: tuple[Original, ...]
    """Those that are still there."""
    is_deleting: bool = False

    @property
    def was_tried(self) -> bool:
        """A person had them deleted, and these were kept."""
        return any(each.kept is not None for each in self.originals)

    @property
    def deletable(self) -> tuple[Original, ...]:
        """Those that may still be deleted: one that was changed is no copy of what was sent."""
        return tuple(each for each in self.originals if each.kept is not Kept.CHANGED)

    @property
    def folder(self) -> Path | None:
        """The folder of all of them; None where they lie in several."""
        folders = {each.path.parent for each in self.originals}
        return folders.pop() if len(folders) == 1 else None


class SentFiles(Protocol):
    """Hears of the files of one capture session whose photos are safe in the outbox."""

    def add(self, path: Path, name: str, photo: Accepted) -> None:
        """`name` is what a person calls it. A file of which only a part is sent is never offered."""
        ...

    def close(self) -> None:
        """No more come: the session is over."""
        ...


class Originals:
    """Follows the uploads. `feed` holds an offer for each batch of files while Cerbo has every photo of them, those for
    other patients too."""

    def __init__(
        self,
        uploads: Feed[tuple[Upload, ...]],
        scope: TaskScope,
        publish: Publish,
        *,
        are_offered: bool = True,
        size_of: Callable[[Path], int | None] = deletable_size,
    ) -> None:
        """`are_offered`: False where nothing else keeps the photos, as in the practice clinic. `size_of` says which
        files may be offered."""
        self.feed: Feed[tuple[OriginalsOffer, ...]] = Feed(())
        self._uploads, self._scope, self._publish = uploads, scope.child("originals"), publish
        self._are_offered, self._size_of = are_offered, size_of
        self._ids = itertools.count(1)
        self._batches: dict[OfferId, OriginalsOffer] = {}
        self._found_in_chart: set[UploadId] = set()
        self._end = uploads.subscribe(self._follow)

    def batch(self, patient: Patient) -> SentFiles:
        """For the files of one capture session."""
        return _Batch(lambda files: self._take(Recipient.of(patient), files))

    def keep(self, offer_id: OfferId) -> None:
        """A person keeps the files: they are not offered again."""
        offer = self._batches.get(offer_id)
        if offer is not None and not offer.is_deleting:
            del self._batches[offer_id]
            self._show()

    def delete(self, offer_id: OfferId) -> None:
        """A person has the files deleted, those that are as they were sent."""
        offer = self._offered(offer_id)
        if offer is not None and not offer.is_deleting:
            self._put(replace(offer, is_deleting=True))
            self._scope.start(self._delete(offer_id), key=offer_id)

    async def aclose(self) -> None:
        """Offer nothing more; of files that are just being deleted those that are left stay."""
        self._end()
        await self._scope.aclose()

    def _take(self, recipient: Recipient, files: list[Original]) -> None:
        if self._are_offered and files and not self._scope.is_closed:
            self._scope.start(self._look_and_offer(recipient, files))

    async def _look_and_offer(self, recipient: Recipient, files: list[Original]) -> None:
        found = [replace(file, size_bytes=size) for file in files if (size := await self._size(file)) is not None]
        if found:
            offer = OriginalsOffer(OfferId(next(self._ids)), recipient, tuple(found))
            self._batches[offer.id] = offer
            self._follow(self._uploads.latest)

    async def _size(self, file: Original) -> int | None:
        try:
            return await in_time(ANSWER_WITHIN_S, partial(self._size_of, file.path))
        except TimeoutError:
            return None

    def _follow(self, uploads: tuple[Upload, ...]) -> None:
        """A photo that was withdrawn or deleted is nowhere else: its file is not offered."""
        self._found_in_chart |= {each.id for each in uploads if each.state is UploadState.ACCEPTED}
        listed = {each.id for each in uploads if each.state is not UploadState.DISCARDED} | self._found_in_chart
        for offer in tuple(self._batches.values()):
            left = tuple(each for each in offer.originals if each.upload_id in listed)
            self._batches[offer.id] = replace(offer, originals=left)
        self._show()

    def _show(self) -> None:
        self._batches = {offer.id: offer for offer in self._batches.values() if offer.originals}
        in_cerbo = self._found_in_chart_or_queue()
        everything = [each for offer in self._batches.values() for each in offer.originals]
        awaited = {each.path for each in everything if each.upload_id not in in_cerbo}
        self.feed.publish(
            tuple(
                offer for offer in self._batches.values() if awaited.isdisjoint(each.path for each in offer.originals)
            )
        )

    def _found_in_chart_or_queue(self) -> set[UploadId]:
        """What a person alone said to be there does not count: a file that is deleted does not come back."""
        now = {each.id: each.state in _IN_CERBO_STATES and not each.is_told for each in self._uploads.latest}
        return {each for each in self._found_in_chart | now.keys() if now.get(each, True)}

    def _offered(self, offer_id: OfferId) -> OriginalsOffer | None:
        return next((offer for offer in self.feed.latest if offer.id == offer_id), None)

    def _put(self, offer: OriginalsOffer) -> None:
        self._batches[offer.id] = offer
        self._show()

    async def _delete(self, offer_id: OfferId) -> None:
        deleted_count = 0
        offer = self._offered(offer_id)
        for original in offer.deletable if offer is not None else ():
            if self._offered(offer_id) is None:  # news of a photo has come: it may not be in Cerbo after all
                break
            kept = await self._deleted(original)
            deleted_count += kept is None
            self._note(offer_id, original, kept)
        left = self._batches.get(offer_id)
        if left is not None:
            self._put(replace(left, is_deleting=False))
        if offer is not None:
            kept_count = len(left.originals) if left is not None else 0
            self._publish(OriginalsDeleted(offer.recipient.id, deleted_count, kept_count))

    async def _deleted(self, original: Original) -> Kept | None:
        try:
            return await in_time(ANSWER_WITHIN_S, partial(delete_unchanged, original))
        except TimeoutError:
            return Kept.REFUSED

    def _note(self, offer_id: OfferId, original: Original, kept: Kept | None) -> None:
        """The file is gone, or was kept for this reason."""
        offer = self._batches.get(offer_id)
        if offer is None:
            return
        others = (each for each in offer.originals if each.path != original.path)
        noted = replace(original, kept=kept)
        changed = tuple(noted if each.path == original.path else each for each in offer.originals)
        self._put(replace(offer, originals=tuple(others) if kept is None else changed))


@dataclass
class _Batch:
    """`SentFiles`."""

    take: Callable[[list[Original]], None]
    _files: dict[Path, Original] = field(default_factory=dict)

    def add(self, path: Path, name: str, photo: Accepted) -> None:
        if name and photo.source_sha256 and _is_whole(photo):
            self._files[path] = Original(path, name, photo.source_sha256, upload_id_of(photo.photo.facts))

    def close(self) -> None:
        files, self._files = list(self._files.values()), {}
        self.take(files)


def _is_whole(photo: Accepted) -> bool:
    """All that the file shows is sent, with as many pixels: deleting it loses nothing that anybody would look for."""
    done, sent = photo.preparation, photo.photo
    has_fewer_pixels = sent.width_px * sent.height_px < done.source_width_px * done.source_height_px
    is_a_part = done.page_count > 1 or done.holds_more
    return not (is_a_part or has_fewer_pixels or done.is_reduced or done.is_below_minimum)
