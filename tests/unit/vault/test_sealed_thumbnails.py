"""Small pictures on a real disk: there again after a restart, unreadable to anybody else, and never in the way."""

import errno
import os
import random
import sys
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.vault.sealed_thumbnails import SealedThumbnails, wipe_thumbnails
from tests.fakes.hand_clock import HandClock

KEY = bytes(range(32))
ACCOUNT = "https://riverbendcanary.md-hq.com pk_canary"
PATIENT, PHOTO = PatientId("4711047110"), PhotoId("8155081550")
EDGE_PX = 240
CANARY = b"pixelcanary!"
PICTURE = Raster(240, 180, CANARY * (240 * 180 * 4 // len(CANARY)), 4000, 3000)
WEEK_S = timedelta(days=7).total_seconds()

Made = Callable[..., SealedThumbnails]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "thumbnails"


@pytest.fixture
async def made(folder: Path, clock: HandClock) -> AsyncIterator[Made]:
    """Makes caches of the same folder, as restarts do, and closes them."""
    all_made: list[SealedThumbnails] = []

    def make(*, key: bytes = KEY, account: str = ACCOUNT, limit_bytes: int = 10_000_000) -> SealedThumbnails:
        all_made.append(SealedThumbnails(folder, key, account, clock, limit_bytes=limit_bytes))
        return all_made[-1]

    yield make
    for cache in all_made:
        await cache.aclose()


async def keep(cache: SealedThumbnails, *names: str) -> None:
    for name in names:
        await cache.put(PATIENT, PhotoId(name), EDGE_PX, PICTURE)


async def kept(cache: SealedThumbnails, *names: str) -> list[str]:
    return [name for name in names if await cache.get(PATIENT, PhotoId(name), EDGE_PX) is not None]


def the_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


async def test_what_was_kept_is_there_after_a_restart(made: Made) -> None:
    await keep(made(), PHOTO)
    again = made()
    assert await again.get(PATIENT, PHOTO, EDGE_PX) == PICTURE
    assert await again.get(PATIENT, PHOTO, 320) is None, "another size is another picture"
    assert await again.get(PatientId("1"), PHOTO, EDGE_PX) is None


async def test_nothing_of_it_can_be_read_on_the_disk(made: Made, folder: Path) -> None:
    await keep(made(), PHOTO)
    found = the_file(folder).read_bytes() + the_file(folder).name.encode()
    for canary in (CANARY, PATIENT.encode(), PHOTO.encode(), b"riverbendcanary", b"pk_canary", KEY):
        assert canary not in found


@pytest.mark.skipif(sys.platform == "win32", reason="the folder's rights decide there")
async def test_files_and_folder_are_for_this_user_alone(made: Made, folder: Path) -> None:
    before = os.umask(0)
    try:
        await keep(made(), PHOTO)
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert the_file(folder).stat().st_mode & 0o777 == 0o600


def flipped(data: bytes) -> bytes:
    changed = bytearray(data)
    changed[random.Random(5).randrange(len(data))] ^= 1
    return bytes(changed)


@pytest.mark.parametrize(
    "tamper",
    [flipped, lambda data: data[:-1], lambda data: data + b"\0", lambda _: b"", lambda _: CANARY * 1000],
    ids=["flipped", "cut", "longer", "empty", "foreign"],
)
async def test_a_tampered_file_is_dropped(made: Made, folder: Path, tamper: Callable[[bytes], bytes]) -> None:
    cache = made()
    await keep(cache, PHOTO)
    file = the_file(folder)
    file.write_bytes(tamper(file.read_bytes()))
    assert await kept(cache, PHOTO) == []
    assert not file.exists()
    await keep(cache, PHOTO)
    assert await kept(cache, PHOTO) == [PHOTO]


async def test_a_file_under_another_ones_name_is_dropped(made: Made, folder: Path) -> None:
    cache = made()
    await keep(cache, "1")
    first = the_file(folder)
    await keep(cache, "2")
    (second,) = set(folder.iterdir()) - {first}
    second.write_bytes(first.read_bytes())
    assert await kept(cache, "1", "2") == ["1"]
    assert list(folder.iterdir()) == [first]


async def test_a_file_that_is_gone_is_no_fault(made: Made, folder: Path) -> None:
    cache = made()
    await keep(cache, PHOTO)
    the_file(folder).unlink()
    assert await kept(cache, PHOTO) == []


@pytest.mark.parametrize("other", [{"account": "https://other.md-hq.com pk_canary"}, {"key": bytes(32)}])
async def test_another_account_or_key_opens_nothing(made: Made, folder: Path, other: dict[str, object]) -> None:
    await keep(made(), PHOTO)
    mine = the_file(folder)
    stranger = made(**other)
    assert await kept(stranger, PHOTO) == []
    await keep(stranger, PHOTO)
    (theirs,) = set(folder.iterdir()) - {mine}
    theirs.write_bytes(mine.read_bytes())
    assert await kept(stranger, PHOTO) == [], "not even under its own name"
    assert await kept(made(), PHOTO) == [PHOTO]


async def test_the_oldest_go_when_the_limit_is_reached(made: Made, folder: Path, clock: HandClock) -> None:
    limit_bytes = 3 * PICTURE.size_bytes + 1000
    cache = made(limit_bytes=limit_bytes)
    for name in ("1", "2", "3", "1", "4"):
        await keep(cache, name)
        clock.turn(1)
    assert await kept(cache, "1", "2", "3", "4") == ["1", "3", "4"]
    again = made(limit_bytes=limit_bytes)
    await keep(again, "5")
    assert await kept(again, "1", "3", "4", "5") == ["1", "4", "5"], "the order outlives a restart"
    assert sum(file.stat().st_size for file in folder.iterdir()) <= limit_bytes


async def test_what_is_larger_than_all_is_not_kept(made: Made, folder: Path) -> None:
    await keep(made(limit_bytes=1000), PHOTO)
    assert list(folder.iterdir()) == []


async def test_the_old_are_dropped_whatever_the_file_says_of_itself(made: Made, folder: Path, clock: HandClock) -> None:
    cache = made()
    await keep(cache, PHOTO)
    clock.turn(WEEK_S - 1)
    assert await kept(cache, PHOTO) == [PHOTO]
    clock.turn(2)
    os.utime(the_file(folder), (clock.now().timestamp(), clock.now().timestamp()))
    assert await kept(made(), PHOTO) == []
    assert list(folder.iterdir()) == []


async def test_a_start_removes_what_is_old_or_was_never_finished_and_nothing_else(
    made: Made, folder: Path, clock: HandClock
) -> None:
    await keep(made(), "1")
    old = the_file(folder)
    os.utime(old, (clock.now().timestamp() - WEEK_S - 1,) * 2)
    (folder / "0123.picture.unfinished").write_bytes(b"half")
    (folder / "notes.txt").write_bytes(b"somebody's")
    await keep(made(), "2")
    assert {file.suffix for file in folder.iterdir()} == {".txt", ".picture"}
    assert not old.exists()


async def test_wiping_leaves_nothing(made: Made, folder: Path) -> None:
    await keep(made(), "1", "2")
    await keep(made(account="another"), "1")
    wipe_thumbnails(folder)
    assert not folder.exists()
    wipe_thumbnails(folder)
    assert await kept(made(), "1", "2") == []


async def test_a_full_disk_is_as_good_as_no_cache(made: Made, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    cache = made()
    await keep(cache, "1")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        await keep(cache, "2")
    assert await kept(cache, "1", "2") == ["1"]
    assert len(list(folder.iterdir())) == 1, "nothing half written is left"


async def test_a_folder_that_cannot_be_made_is_as_good_as_no_cache(made: Made, folder: Path) -> None:
    folder.write_bytes(b"a file where the folder should be")
    cache = made()
    await keep(cache, PHOTO)
    assert await kept(cache, PHOTO) == []
    assert folder.read_bytes() == b"a file where the folder should be"
