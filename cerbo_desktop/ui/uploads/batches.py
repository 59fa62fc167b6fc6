"""Photos of one patient that were sent together share a card; what doesn't fit the tray shares a last one."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import NamedTuple

from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.upload import Recipient, Upload, UploadState

_TOGETHER = timedelta(minutes=2)
"""Photos of one patient belong together where no two neighbours were added more than this apart."""


class UploadStage(Enum):
    """How far a photo is, as the card of a batch counts it."""

    ON_THIS_PC = "here"
    ON_THE_LINE = "line"
    IN_QUEUE = "queue"
    TOLD = "told"
    TAKEN = "taken"
    IN_CHART = "chart"


_STAGES = {
    UploadState.QUEUED: UploadStage.ON_THIS_PC,
    UploadState.SENT: UploadStage.IN_QUEUE,
    UploadState.TAKEN: UploadStage.TAKEN,
    UploadState.ACCEPTED: UploadStage.IN_CHART,
}


@dataclass(frozen=True, slots=True)
class Batch:
    """One photo, or several that share a card; oldest first."""

    uploads: tuple[Upload, ...]

    @property
    def is_single(self) -> bool:
        return len(self.uploads) == 1

    @property
    def first(self) -> Upload:
        return self.uploads[0]

    @property
    def latest(self) -> Upload:
        """The one with the latest time."""
        return max(self.uploads, key=time_of)

    @property
    def ids(self) -> frozenset[UploadId]:
        return frozenset(each.id for each in self.uploads)

    @property
    def recipient(self) -> Recipient | None:
        """Whose photos they are; None where they are of several patients."""
        ids = {each.recipient.id for each in self.uploads}
        return self.first.recipient if len(ids) == 1 else None

    @property
    def patient_count(self) -> int:
        return len({each.recipient.id for each in self.uploads})

    @property
    def stages(self) -> list[tuple[UploadStage, list[Upload]]]:
        """Which of its photos are how far, in the order of the way."""
        found = [(stage, [each for each in self.uploads if stage_of(each) is stage]) for stage in UploadStage]
        return [(stage, uploads) for stage, uploads in found if uploads]


def time_of(upload: Upload) -> datetime:
    """The moment that its card tells: when it was added, whatever became of tries to send it and of looks for it, as
    long as Cerbo does not certainly have it; after that, when it last changed."""
    return upload.taken_at if upload.is_unsent else upload.changed_at


def stage_of(upload: Upload) -> UploadStage:
    """How far this photo is."""
    return UploadStage.TOLD if upload.is_told else _STAGES.get(upload.state, UploadStage.ON_THE_LINE)


def batches_of(uploads: Iterable[Upload]) -> list[Batch]:
    """In the order in which the first photo of each comes."""
    known = list(uploads)
    of_patient: dict[str, list[Upload]] = {}
    for upload in sorted(known, key=lambda each: each.taken_at):
        of_patient.setdefault(upload.recipient.id, []).append(upload)
    batches = [batch for each in of_patient.values() for batch in _sent_together(each)]
    place = {upload.id: at for at, upload in enumerate(known)}
    return sorted(batches, key=lambda batch: min(place[each.id] for each in batch.uploads))


def _sent_together(uploads: Sequence[Upload]) -> list[Batch]:
    """`uploads` of one patient, in the order in which they were accepted."""
    groups = [[uploads[0]]]
    for before, upload in itertools.pairwise(uploads):
        if upload.taken_at - before.taken_at > _TOGETHER:
            groups.append([])
        groups[-1].append(upload)
    return [Batch(tuple(group)) for group in groups]


class TraySections(NamedTuple):
    """Where each photo of the tray stands that needs no person."""

    sending: list[Upload]
    """Alone, and on the line: each has a card with its progress."""
    on_the_way: list[Batch]
    found: list[Batch]


def tray_sections(sending: Sequence[Upload], waiting: Sequence[Upload], found: Sequence[Upload]) -> TraySections:
    """A batch is found in the chart once all of it is."""
    on_the_line = {each.id for each in sending}
    alone: list[Upload] = []
    on_the_way: list[Batch] = []
    in_chart: list[Batch] = []
    for batch in batches_of((*sending, *waiting, *found)):
        if batch.is_single and batch.first.id in on_the_line:
            alone.append(batch.first)
        elif all(each.state is UploadState.ACCEPTED for each in batch.uploads):
            in_chart.append(batch)
        else:
            on_the_way.append(batch)
    return TraySections(alone, on_the_way, in_chart)


class CardCounts(NamedTuple):
    """How many cards of each list are shown by themselves; the others share one more."""

    on_the_way: int
    found: int


def fitting_card_counts(on_the_way: int, found: int, room_px: int, card_px: int, shared_px: int) -> CardCounts:
    """Divide `room_px` so that the tray need not be scrolled, as long as one card of each list fits.

    What is on its way goes first: what was found in the chart is over, and is counted at the foot.
    """
    if (on_the_way + found) * card_px <= room_px:
        return CardCounts(on_the_way, found)
    if found > 1 or (found and not on_the_way):
        shown_found = 0 if on_the_way else _fitting(found, room_px, card_px, shared_px)
        found_px = shown_found * card_px + shared_px
    else:
        shown_found, found_px = found, found * card_px
    return CardCounts(_fitting(on_the_way, room_px - found_px, card_px, shared_px), shown_found)


def _fitting(count: int, room_px: int, card_px: int, shared_px: int) -> int:
    if count * card_px <= room_px:
        return count
    return min(count, max(1, (room_px - shared_px) // card_px))


def with_overflow(batches: Sequence[Batch], shown: int) -> list[Batch]:
    """The first so many by themselves, and the photos of all others as one. A single other one stays as it is."""
    rest = [upload for batch in batches[shown:] for upload in batch.uploads]
    if len(batches) - shown < 2:
        return list(batches)
    return [*batches[:shown], Batch(tuple(sorted(rest, key=lambda each: each.taken_at)))]
