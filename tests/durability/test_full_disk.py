"""The disk refuses the n-th write between shutter and queue, once, for a while or for good: promises 1 and 2 hold.

Full, read-only, failing, or held by another program.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.outbox.ledger import Ledger
from tests.durability.test_server_faults import STORED, Cerbo, Desk, desk_at
from tests.fakes.raw_server import answers
from tests.waiting import until

S = UploadState
MOST_WRITES = 30


@dataclass
class Room:
    """Refuses commits from the n-th on, so many of them."""

    first: int
    refusals: int
    reason: NotSafeReason = NotSafeReason.DISK_FULL
    commits: int = 0

    @property
    def was_short(self) -> bool:
        return self.commits >= self.first

    def take(self) -> None:
        self.commits += 1
        if self.first <= self.commits < self.first + self.refusals:
            raise NotSafe(self.reason)


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Room]]:
    """Holds the room that every ledger made from now on asks; none at first."""
    rooms: list[Room] = []
    plain = Ledger._committing

    @contextmanager
    def committing(self: Ledger, checkpoint: str) -> Iterator[None]:
        with plain(self, checkpoint):
            if rooms:
                rooms[0].take()
            yield

    monkeypatch.setattr(Ledger, "_committing", committing)
    yield rooms


async def _accepted(desk: Desk) -> bool:
    try:
        await desk.send(40_000)
    except NotSafe:
        return False
    return True


FULL = NotSafeReason.DISK_FULL
OTHERS = (NotSafeReason.DISK_READ_ONLY, NotSafeReason.DISK_FAILED, NotSafeReason.DISK_BUSY)


@pytest.mark.parametrize(
    ("reason", "refusals"),
    [(FULL, 1), (FULL, 3), (FULL, 1_000), *((reason, 3) for reason in OTHERS)],
    ids=lambda value: value.name if isinstance(value, NotSafeReason) else str(value),
)
async def test_refused_at_each_write(tmp_path: Path, room: list[Room], reason: NotSafeReason, refusals: int) -> None:
    for first in range(1, MOST_WRITES):
        folder, cerbo = tmp_path / str(first), Cerbo(answers(200, STORED), is_stored=True)
        async with desk_at(cerbo, folder) as desk:
            room[:] = [Room(first, refusals, reason)]
            was_accepted = await _accepted(desk)
            if was_accepted:
                await until(lambda: desk.only.state is S.SENT or desk.only.trouble is not None)
            was_short = room[0].was_short
            room.clear()
            desk.uploading.resume()
            if was_accepted:
                await until(lambda: desk.only.state is S.SENT)
        async with desk_at(cerbo, folder) as desk:
            states = [each.state for each in desk.uploading.feed.latest]
        # One more may have begun and been cut before its last byte: the disk would not note that it may leave.
        assert len(cerbo.stored) == int(was_accepted), first
        assert states in ([S.SENT], [S.UNSURE], [S.CHECKING], [S.NEEDS_REVIEW]) if was_accepted else states == []
        if not was_short:
            return
    pytest.fail("there was no end of writes")
