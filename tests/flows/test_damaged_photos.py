"""A photo of which a part is missing is never sent and never called whole; what can be read of it is shown."""

import sys
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cerbo_desktop.imaging import heic
from cerbo_desktop.practice.patients import GRACE_ADEYEMI, RUTH_CALLOWAY
from cerbo_desktop.services.photos.thumbnail_states import Failed
from tests.fakes import damaged_jpegs as jpegs, heic_pictures
from tests.fakes.hostile_images import jpeg, png_of, same_pixels
from tests.flows.desk import Desk
from tests.waiting import until

SAYS_DAMAGED = "Damaged in part. Showing what can be read."
DAMAGED = {
    "closed neatly": jpegs.closed_neatly(jpeg(1600, 1200), 9_000),
    "cut": jpeg(1600, 1200)[:9_000],
    "progressive, closed neatly": jpegs.closed_neatly(jpeg(1600, 1200, progressive=True), 2_000),
    "filled with zeros": jpegs.filled_with_zeros(jpeg(), has_end=True),
    "filled with zeros, no end": jpegs.filled_with_zeros(jpeg(), has_end=False),
    "a PNG that lacks rows": png_of(100, 100, b"\0\x90\x80" * 1_700),
}
SOUND = {
    "no end marker": jpeg()[:-2],
    "no end marker and a name": jpeg()[:-2] + jpegs.NAME * 300,
    "200 fill bytes": jpegs.with_fill_bytes(jpeg(), 200),
    "one row": jpeg(960, 1),
    "one column": jpeg(1, 960),
    "one row of a PNG": png_of(960, 1, b"\0" + b"\x80" * 960),
}


def _is_settled(desk: Desk, count: int) -> bool:
    spoken = desk.tiles
    return desk.album.isVisible() and len(spoken) == count and not any("loading" in words for words in spoken)


async def test_the_album_and_the_viewer_say_that_a_part_is_missing(desk: Desk) -> None:
    desk.clinic.fill_album(RUTH_CALLOWAY, [partial(bytes, data) for data in DAMAGED.values()])
    for _ in range(2):  # the second time from what was kept
        await desk.open(RUTH_CALLOWAY)
        await until(lambda: _is_settled(desk, len(DAMAGED)))
        assert all(words.endswith(", damaged in part") for words in desk.tiles)
        await desk.open(GRACE_ADEYEMI)
        await desk.pictures_are_there()
    await desk.open(RUTH_CALLOWAY)
    await until(lambda: _is_settled(desk, len(DAMAGED)))
    await desk.open_photo(0)
    for number in range(1, len(DAMAGED) + 1):
        await until(lambda number=number: f"photo {number} of " in desk.stage_name)  # type: ignore[misc]
        await until(lambda: desk.stage_name.endswith(SAYS_DAMAGED))
        assert SAYS_DAMAGED in desk.viewer_words
        assert "Full quality" not in desk.viewer_words
        desk.press(Qt.Key.Key_Right)


async def test_a_sound_photo_without_an_end_is_shown_as_sound(desk: Desk) -> None:
    desk.clinic.fill_album(RUTH_CALLOWAY, [partial(bytes, data) for data in SOUND.values()])
    await desk.open(RUTH_CALLOWAY)
    await until(lambda: _is_settled(desk, len(SOUND)))
    assert [words for words in desk.tiles if "damaged" in words or "cannot" in words] == []
    await desk.open_photo(0)
    for number in range(1, len(SOUND) + 1):
        await until(lambda number=number: f"photo {number} of " in desk.stage_name)  # type: ignore[misc]
        await desk.full_quality()
        assert SAYS_DAMAGED not in desk.viewer_words
        desk.press(Qt.Key.Key_Right)


async def test_the_damaged_are_refused_and_the_sound_are_sent_with_their_end(desk: Desk, tmp_path: Path) -> None:
    for folder, files in (("damaged", DAMAGED), ("sound", SOUND)):
        (tmp_path / folder).mkdir()
        for name, data in files.items():
            (tmp_path / folder / name).write_bytes(data)
    await desk.open(GRACE_ADEYEMI)
    desk.drop([tmp_path / "damaged" / name for name in DAMAGED])
    await desk.examined()
    assert desk.added == [f"{name}. Damaged. It can’t be opened. Not added" for name in DAMAGED]
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: not desk.added)
    desk.drop([tmp_path / "sound" / name for name in SOUND])
    await desk.examined()
    desk.choose_all()
    desk.agree()
    QTest.mouseClick(desk.sheet.foot.send, Qt.MouseButton.LeftButton)
    await until(lambda: len(desk.clinic.photos_received(GRACE_ADEYEMI)) == len(SOUND), 60.0)
    received = [photo.content for photo in desk.clinic.photos_received(GRACE_ADEYEMI)]
    for shown in (jpeg(), *(SOUND[name] for name in SOUND if name.startswith("one "))):
        assert any(same_pixels(content, shown) for content in received)
    assert all(content.endswith(jpegs.END) for content in received if content.startswith(b"\xff\xd8"))


@pytest.fixture
def unconfined(monkeypatch: pytest.MonkeyPatch) -> None:
    command = [sys.executable, "-P", "-m", "tests.fakes.unconfined_worker"]
    monkeypatch.setattr("cerbo_desktop.imaging.studio.worker_command", lambda: command)


@pytest.mark.skipif(not heic.FORMAT, reason="no HEIC decoder for this machine")
@pytest.mark.usefixtures("unconfined")
async def test_where_nothing_confines_the_decoder_no_heic_is_opened(desk: Desk, tmp_path: Path) -> None:
    words = "HEIC photos can’t be opened safely on this PC"
    advice = "On the iPhone: Settings, Camera, Formats, Most Compatible."
    desk.clinic.fill_album(RUTH_CALLOWAY, [partial(bytes, heic_pictures.PLAIN)])
    await desk.open(RUTH_CALLOWAY)
    await until(lambda: desk.album.isVisible() and any(isinstance(state, Failed) for state in desk.states))
    await desk.open_photo(0)
    await until(lambda: f"{words}.\n{advice}" in desk.viewer_words)
    desk.press(Qt.Key.Key_Escape)
    (tmp_path / "a.heic").write_bytes(heic_pictures.PLAIN)
    await desk.open(GRACE_ADEYEMI)
    desk.drop([tmp_path / "a.heic"])
    await desk.examined()
    assert desk.added == [f"a.heic. {words}. {advice} Not added"]
