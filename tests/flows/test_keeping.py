"""Photos on this PC's disk: gone on with after a start, and never taken where they cannot be kept safe."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.practice.patients import GRACE_ADEYEMI, RUTH_CALLOWAY
from cerbo_desktop.practice.switches import ContentForm
from cerbo_desktop.runtime.settings import SettingsFile
from cerbo_desktop.ui.kit.sheet import open_sheet
from tests.fakes.hostile_images import same_pixels
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.flows.reading import words_of
from tests.waiting import until


class NoStore:
    """A PC whose secret store answers nothing but this."""

    def __init__(self, reason: NotSafeReason) -> None:
        self._reason = reason

    async def place(self) -> str:
        raise NotSafe(self._reason)

    async def read(self, account: str) -> str | None:
        raise NotSafe(self._reason)

    async def write(self, account: str, secret: str) -> None:
        raise NotSafe(self._reason)

    async def erase(self, account: str) -> None:
        raise NotSafe(self._reason)


async def test_an_unsent_photo_goes_out_after_the_next_start(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.clinic.go_offline()
    await desk.send_file(photo)
    await desk.tray_says("Sends by itself once online.", 15.0)
    await desk.close()
    desk.clinic.go_online()
    await desk.start()
    desk.widen()
    await desk.tray_says("Waiting in Cerbo’s queue", 15.0)
    (received,) = desk.clinic.photos_received()
    assert received.pt_id == GRACE_ADEYEMI
    assert same_pixels(received.content, photo.read_bytes())


async def test_a_photo_of_another_account_is_counted_and_not_shown(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.clinic.go_offline()
    await desk.send_file(photo)
    await desk.tray_says("Sends by itself once online.", 15.0)
    await desk.close()
    desk.clinic.go_online()
    await desk.start_as("pk_somebody_else")
    desk.widen()
    await desk.tray_says("1 unsent photo of another account waits here.")
    assert "Grace Adeyemi" not in desk.tray_words


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (NotSafeReason.NO_KEYRING, "This PC has no safe place for a key"),
        (NotSafeReason.KEYRING_LOCKED, "password store is locked"),
        (NotSafeReason.KEYRING_FAILED, "password store does not answer"),
    ],
)
async def test_where_nothing_can_be_kept_no_photo_is_taken(
    closed_desk: Desk, photo: Path, reason: NotSafeReason, words: str
) -> None:
    desk = closed_desk
    desk.secrets = NoStore(reason)
    await desk.start()
    await desk.open(GRACE_ADEYEMI)
    await desk.tray_says(words)
    assert_plain(desk.tray_words)
    assert not desk.pages.patient.banner.take_photos.isEnabled()
    desk.press(Qt.Key.Key_Space)
    desk.drop([photo])
    assert open_sheet(desk.window) is None
    assert "Medical" in words_of(desk.pages.patient), "looking at photos still works"


async def test_a_key_that_is_gone_loses_no_file(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.clinic.go_offline()
    await desk.send_file(photo)
    await desk.tray_says("Sends by itself once online.", 15.0)
    await desk.close()
    kept = {file.name for file in desk.data_dir.outbox_dir.glob("*.photo")}
    await desk.secrets.erase("master key")
    desk.clinic.go_online()
    await desk.start()
    desk.widen()
    await desk.tray_says("1 photo cannot be opened with this account. The files are kept.")
    assert {file.name for file in desk.data_dir.outbox_dir.glob("*.photo")} == kept
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)
    await until(lambda: desk.clinic.photos_received())


async def test_the_route_by_which_photos_come_is_remembered(closed_desk: Desk) -> None:
    desk = closed_desk
    SettingsFile(desk.data_dir.settings_file).change(origin=desk.clinic.origin)
    desk.clinic.switches.content = ContentForm.HTML
    for has_learnt in (False, True):
        desk.clinic.counters.reset()
        await desk.start()
        await desk.open(RUTH_CALLOWAY)
        await desk.pictures_are_there()
        await desk.close()
        assert bool(desk.clinic.counters.count("content")) is not has_learnt
    assert SettingsFile(desk.data_dir.settings_file).current.gives_photos_by_stream


async def test_small_pictures_are_on_the_disk_only_while_that_is_wanted(closed_desk: Desk) -> None:
    desk, folder = closed_desk, closed_desk.data_dir.thumbnails_dir
    for is_wanted in (False, True, False):
        SettingsFile(desk.data_dir.settings_file).change(keeps_thumbnails=is_wanted)
        await desk.start()
        await desk.open(RUTH_CALLOWAY)
        await desk.pictures_are_there()
        if is_wanted:
            await until(lambda: list(folder.glob("*.picture")))
        await desk.close()
        assert folder.exists() is is_wanted
