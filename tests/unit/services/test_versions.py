"""Both versions of a shot: what is kept of pasted pictures, and what is read again."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.verdict import Accepted, FileKind, Preparation, Verdict
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services import versions
from cerbo_desktop.services.capturing import CaptureSession
from cerbo_desktop.services.versions import NoOriginal
from tests.capturing import settled
from tests.fakes.hand_clock import HandClock
from tests.fakes.image_studio import FakeImageStudio
from tests.ui.capture.desk import MARIA


class ConvertingStudio(FakeImageStudio):
    """Converts what begins with "big" or "broken"."""

    async def examine(self, data: bytes, file_name: str) -> Verdict:
        verdict = await super().examine(data.removeprefix(b"broken "), file_name)
        if isinstance(verdict, Accepted) and data.startswith((b"big", b"broken")):
            return replace(verdict, preparation=Preparation(FileKind.BMP, source_bytes=len(data)), source_sha256="")
        return verdict


@dataclass
class Table:
    session: CaptureSession

    async def original(self) -> Raster | NoOriginal:
        """Of the last shot."""
        await settled(self.session)
        shot = self.session.shots[-1]
        assert isinstance(shot.state, Accepted)
        return await self.session.versions.original(shot.id, shot.state)


@pytest.fixture
async def table() -> AsyncIterator[Table]:
    failures: list[BaseException] = []
    session = CaptureSession(MARIA, ConvertingStudio(), HandClock(), TaskScope("test", failures.append))
    yield Table(session)
    await session.aclose()
    assert failures == []


async def test_a_pasted_picture_that_becomes_a_jpeg_can_be_seen_as_it_came(table: Table) -> None:
    table.session.add_bytes(b"big picture")
    assert isinstance(await table.original(), Raster)


async def test_a_pasted_picture_that_is_sent_as_it_came_is_not_kept_twice(table: Table) -> None:
    table.session.add_bytes(b"a picture")
    assert await table.original() is NoOriginal.NOT_KEPT


async def test_pasted_pictures_are_kept_as_far_as_there_is_room(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "KEPT_BYTES", 12)
    table.session.add_bytes(b"big 1")
    assert isinstance(await table.original(), Raster)
    table.session.add_bytes(b"big number 2")
    assert await table.original() is NoOriginal.NOT_KEPT
    table.session.remove(table.session.shots[0].id)
    table.session.add_bytes(b"big number 3")
    assert isinstance(await table.original(), Raster)


async def test_an_original_that_can_not_be_decoded_any_more_is_said_to_be_so(table: Table, tmp_path: Path) -> None:
    path = tmp_path / "a.bmp"
    path.write_bytes(b"broken photo")
    table.session.add_files([path])
    assert await table.original() is NoOriginal.CANNOT_SHOW


async def test_what_is_sent_of_a_shot_that_is_gone_can_not_be_shown(table: Table) -> None:
    shot_id = table.session.add_bytes(b"big picture")
    assert shot_id is not None
    await settled(table.session)
    assert isinstance(await table.session.versions.sent(shot_id), Raster)
    table.session.remove(shot_id)
    with pytest.raises(CannotShow):
        await table.session.versions.sent(shot_id)
