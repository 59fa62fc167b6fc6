"""Files from this PC to Cerbo's queue and into the chart; what is no fit photo is refused before anything is sent."""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import GRACE_ADEYEMI, HAROLD_WHITCOMBE, THOMAS_BECKER
from cerbo_desktop.services import handing_over
from cerbo_desktop.ui.capture.file_row import FileRowDelegate
from cerbo_desktop.ui.capture.sheet import CaptureSheet
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.text import capture
from tests.fakes.hostile_images import same_pixels
from tests.fakes.odd_dialog import odd_dialog
from tests.fakes.own_photos import own_photo
from tests.flows.desk import Desk
from tests.flows.reading import words_of
from tests.flows.slow_disk import SlowDisk, slow_disk_with_room
from tests.waiting import until

_LEFT = Qt.MouseButton.LeftButton


async def test_files_that_are_dropped_while_the_sheet_is_being_made_come_into_it(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.press(Qt.Key.Key_F8)
    desk.drop([photo])
    await desk.examined()
    assert desk.added == ["plaque.jpg, chosen. Ready. Will be sent without location data"]


async def test_a_dropped_file_goes_to_the_queue_and_into_the_chart(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.drop([photo])
    await desk.examined()
    assert desk.added == ["plaque.jpg, chosen. Ready. Will be sent without location data"]
    assert desk.sheet.foot.send.text() == "Send 1 to Grace Adeyemi, 7 Jul 1986"
    QTest.mouseClick(desk.sheet.foot.send, _LEFT)  # without the tick
    assert desk.sheet.foot.consent.box.hasFocus()
    assert not desk.services.uploading.feed.latest
    desk.press(Qt.Key.Key_Space)
    desk.clinic.switches.upload_pace_s = 0.05
    with _hearing_tray(desk) as said:
        await until(lambda: desk.sheet.foot.first_look.is_over)
        desk.press(Qt.Key.Key_Return)
        await desk.tray_says("Waiting in Cerbo’s queue. Sent. Staff accept it in Cerbo.")
    assert any(words.startswith("Sending ") for words in said)
    assert "Grace Adeyemi, born 7 July 1986, Waiting in Cerbo’s queue" in desk.tray_words
    (received,) = desk.clinic.photos_received(GRACE_ADEYEMI)
    assert same_pixels(received.content, photo.read_bytes())
    await until(lambda: "is waiting for staff in Cerbo. It shows here once accepted." in desk.page_words)
    desk.clinic.accept_all()
    desk.workspace.refresh()
    await desk.tray_says("Found in chart")
    await until(lambda: desk.filter_words[0] == "All, 6")
    await desk.pictures_are_there()
    assert "is waiting for staff" not in desk.page_words
    assert len(desk.clinic.photos_received()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a file's name is always text")
async def test_a_pasted_file_whose_name_is_no_utf_8_is_read_and_sent(desk: Desk, photo: Path) -> None:
    named = os.fsencode(photo.parent) + b"/n\xe1me.jpg"
    photo.rename(os.fsdecode(named))
    held = QMimeData()
    held.setData("text/uri-list", b"file://" + quote_from_bytes(named).encode() + b"\r\n")
    QGuiApplication.clipboard().setMimeData(held)
    await desk.open(GRACE_ADEYEMI)
    QTest.keyClick(desk.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: desk.added)
    await desk.examined()
    assert desk.added[0].endswith(", chosen. Ready. Will be sent without location data")
    desk.agree()
    QTest.mouseClick(desk.sheet.foot.send, _LEFT)
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert len(desk.clinic.photos_received(GRACE_ADEYEMI)) == 1


def _copy_files(*files: Path) -> None:
    """As a file manager does: it offers their paths as text, too."""
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    held.setText("\n".join(str(file) for file in files))
    QGuiApplication.clipboard().setMimeData(held)


async def test_files_pasted_at_the_search_box_go_to_the_open_patient_and_first_need_one(
    desk: Desk, photo: Path
) -> None:
    _copy_files(photo)
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "Open a patient first, then paste." in words_of(desk.pane)
    assert desk.pane.field.text() == ""
    assert open_sheet(desk.window) is None
    await desk.open(GRACE_ADEYEMI)
    assert "Open a patient first" not in words_of(desk.pane)
    desk.pane.clear_search()
    desk.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: desk.added)
    await desk.examined()
    assert desk.added == ["plaque.jpg, chosen. Ready. Will be sent without location data"]
    assert "Grace Adeyemi" in words_of(desk.sheet.head)
    assert desk.pane.field.text() == ""
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: desk.is_asked)
    desk.answer("Discard 1")
    await until(lambda: open_sheet(desk.window) is None)


@contextmanager
def _hearing_tray(desk: Desk) -> Iterator[list[str]]:
    """What the tray says with each change of the uploads, while it is asked: they change until the program ends."""
    said: list[str] = []
    end = desk.services.uploading.feed.subscribe(lambda _: said.extend(desk.tray_words.splitlines()))
    yield said
    end()


async def test_add_files_opens_the_window_for_choosing_at_once_and_the_list_then_has_the_focus(
    desk: Desk, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.open(GRACE_ADEYEMI)
    odd_dialog(monkeypatch, "answers when raised", photo)
    desk.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: isinstance(open_sheet(desk.window), CaptureSheet) and desk.sheet.incoming.picker.is_open)
    desk.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: desk.added)
    await desk.examined()
    assert desk.sheet.files_tab.files.hasFocus()


async def test_several_files_and_one_left_out(desk: Desk, tmp_path: Path, photo: Path) -> None:
    other = tmp_path / "patch.jpg"
    other.write_bytes((photo.parent / "plaque.jpg").read_bytes())  # the same photo under another name
    third = tmp_path / "face.jpg"
    third.write_bytes(own_photo(3))
    await desk.open(GRACE_ADEYEMI)
    desk.drop([photo, other, third])
    await desk.examined()
    assert desk.added[1] == "patch.jpg, left out. Same as plaque.jpg. Left out"
    assert "Send 2 to Grace Adeyemi" in desk.sheet.foot.send.text()
    desk.agree()
    QTest.mouseClick(desk.sheet.foot.send, _LEFT)
    await desk.all_wait_in_queue(2)
    assert len(desk.clinic.photos_received(GRACE_ADEYEMI)) == 2


def _bad_files(folder: Path, good: bytes) -> dict[Path, str]:
    """What lies there, and the sentence that it must get."""
    made: dict[str, tuple[bytes, str]] = {
        "letter.jpg": (b"%PDF-1.7\n" + b"1 0 obj\n" * 200, "Not a photo. This is a PDF document. Not added"),
        "half.jpg": (good[: len(good) // 2], "Damaged. It can’t be opened. Not added"),
        "nothing.jpg": (b"", "Empty. There is nothing in this file. Not added"),
        "huge.jpg": (
            good + bytes(65_000_000 - len(good)),
            "Too big. 65.0 MB. Files of up to 64 MB can be opened. Not added",
        ),
        "film.jpg": (b"\0\0\0\x18ftypmp42" + bytes(4000), "Not a photo. This is a video. Not added"),
    }
    files = {}
    for name, (data, sentence) in made.items():
        (folder / name).write_bytes(data)
        files[folder / name] = sentence
    return files


async def test_unfit_files_are_refused_each_with_its_sentence(desk: Desk, tmp_path: Path, photo: Path) -> None:
    bad = _bad_files(tmp_path, photo.read_bytes())
    folder = tmp_path / "holiday.jpg"
    folder.mkdir()
    bad[folder] = "No photos inside. This folder holds no photos. Not added"
    gone = tmp_path / "gone.jpg"
    bad[gone] = "Can’t be read. It was moved, or you don’t have permission to open it. Not added"
    await desk.open(GRACE_ADEYEMI)
    desk.drop(list(bad)[:1])
    await desk.examined()
    desk.drop(list(bad)[1:], onto=desk.sheet)
    await until(lambda: len(desk.added) == len(bad))
    await desk.examined()
    assert desk.added == [f"{file.name}. {sentence}" for file, sentence in bad.items()]
    desk.drop([gone], onto=desk.sheet)  # once more adds no row
    await desk.examined()
    assert desk.added == [f"{file.name}. {sentence}" for file, sentence in bad.items()]
    assert not desk.sheet.foot.send.isEnabled()
    assert desk.sheet.foot.send.text() == "Nothing to send to Grace Adeyemi yet"
    desk.press(Qt.Key.Key_Escape)  # nothing is lost, so nothing is asked
    await until(lambda: desk.album.hasFocus())
    assert desk.clinic.counters.count("upload") == 0


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything can be read by the administrator")
async def test_a_file_that_may_not_be_read_says_so(desk: Desk, photo: Path) -> None:
    photo.chmod(0)
    await desk.open(GRACE_ADEYEMI)
    desk.drop([photo])
    await desk.examined()
    assert desk.added == ["plaque.jpg. Can’t be read. It was moved, or you don’t have permission to open it. Not added"]


async def test_leaving_with_photos_asks_first(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.drop([photo])
    await desk.examined()
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: desk.is_asked)
    desk.answer("Stay here")
    await until(lambda: not desk.is_asked)
    assert len(desk.added) == 1
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: desk.is_asked)
    desk.answer("Discard 1")
    await until(lambda: desk.album.hasFocus())
    assert desk.clinic.counters.count("upload") == 0


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowDisk]:
    with slow_disk_with_room(monkeypatch, 2) as made:
        yield made


async def _four_being_saved(desk: Desk, slow_disk: SlowDisk, folder: Path, *, is_offline: bool = False) -> list[str]:
    """The first two are safe, the third is in the outbox's hands, the fourth waits. `is_offline`: nothing is sent."""
    files = []
    for number in range(1, 5):
        files.append(folder / f"{number}.jpg")
        files[-1].write_bytes(own_photo(number))
    await desk.open(GRACE_ADEYEMI)
    desk.drop(files)
    await until(lambda: len(desk.added) == 4)
    await desk.examined()
    desk.agree()
    if is_offline:
        desk.clinic.go_offline()
    QTest.mouseClick(desk.sheet.foot.send, _LEFT)
    await until(lambda: slow_disk.is_held.is_set() and len(desk.added) == 2)
    assert desk.sheet.foot.send.text() == "Saving 2 photos on this PC…"
    assert not desk.sheet.foot.send.isEnabled()
    return desk.added


def _click_cross(desk: Desk, row: int) -> None:
    files = desk.sheet.files_tab.files
    rect = files.visualRect(files.shots.index(row)).toRectF()
    cross = FileRowDelegate.cross_zone(rect).center().toPoint()
    QTest.mouseClick(files.viewport(), _LEFT, Qt.KeyboardModifier.NoModifier, cross)


async def test_esc_while_photos_are_saved_tells_which_are_safe(desk: Desk, tmp_path: Path, slow_disk: SlowDisk) -> None:
    await _four_being_saved(desk, slow_disk, tmp_path)
    desk.press(Qt.Key.Key_Escape)
    slow_disk.let_go()
    await until(lambda: desk.is_asked)
    assert desk.question.accessibleName() == "3 are already safe on this PC."
    question = f"Discard the other photo? The files stay in {tmp_path.name}."
    assert desk.question.accessibleDescription() == question
    desk.answer("Discard 1")
    await until(lambda: open_sheet(desk.window) is None)
    await desk.all_wait_in_queue(3)
    assert len(desk.clinic.photos_received()) == 3


async def test_a_disk_that_takes_no_photo_is_told_as_that_until_it_does(
    desk: Desk, tmp_path: Path, slow_disk: SlowDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_over, "SILENT_DISK_AFTER_S", 0.05)
    await _four_being_saved(desk, slow_disk, tmp_path)
    await until(lambda: desk.sheet.problem == capture.disk_is_silent())
    slow_disk.let_go()
    await desk.all_wait_in_queue(4)
    assert open_sheet(desk.window) is None


async def test_a_slow_disk_is_no_silent_one(
    desk: Desk, tmp_path: Path, slow_disk: SlowDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_over, "SLOW_AFTER_S", 0.05)
    await _four_being_saved(desk, slow_disk, tmp_path)
    await until(lambda: desk.sheet.strips.note == "Saving. 2 left. Keep this open.")
    assert desk.sheet.problem == ""
    slow_disk.make_room(1)
    await until(lambda: desk.sheet.strips.note == "Saving. 1 left. Keep this open.")
    monkeypatch.setattr(handing_over, "SILENT_DISK_AFTER_S", 0.05)
    await until(lambda: desk.sheet.problem == capture.disk_is_silent())
    assert desk.sheet.strips.note == ""
    monkeypatch.setattr(handing_over, "SILENT_DISK_AFTER_S", 20.0)
    await until(lambda: desk.sheet.problem == "" and desk.sheet.strips.note == "Saving. 1 left. Keep this open.")
    slow_disk.let_go()
    await desk.all_wait_in_queue(4)
    assert open_sheet(desk.window) is None


async def test_with_a_refused_key_no_sheet_says_that_photos_are_on_their_way(
    desk: Desk, tmp_path: Path, photo: Path
) -> None:
    half = tmp_path / "half.jpg"
    half.write_bytes(photo.read_bytes()[:2000])
    await desk.open(GRACE_ADEYEMI)
    await until(lambda: desk.clinic.counters.in_flight() == 0)
    desk.drop([photo, half])
    await until(lambda: len(desk.added) == 2)
    await desk.examined()
    desk.clinic.faults.set("*", Fault.UNAUTHORIZED)
    desk.agree()
    QTest.mouseClick(desk.sheet.foot.send, _LEFT)
    await until(lambda: desk.sheet.strips.news)
    await desk.strip_says("Key not accepted")
    said = "1 photo is safe on this PC and listed in Uploads. 1 file below was not added."
    assert desk.sheet.strips.news == said
    assert "on its way" not in words_of(desk.sheet)
    assert "Nothing to send" not in words_of(desk.sheet)
    assert "Photos go to Cerbo’s queue" not in words_of(desk.sheet)


async def test_esc_and_keep_sending_sends_the_rest(desk: Desk, tmp_path: Path, slow_disk: SlowDisk) -> None:
    await _four_being_saved(desk, slow_disk, tmp_path)
    desk.press(Qt.Key.Key_Escape)
    slow_disk.let_go()
    await until(lambda: desk.is_asked)
    desk.answer("Keep sending")
    await desk.all_wait_in_queue(4)
    assert open_sheet(desk.window) is None


async def test_the_program_ends_while_photos_are_saved_and_none_is_lost(
    desk: Desk, tmp_path: Path, slow_disk: SlowDisk
) -> None:
    """Without a line none of them is being sent meanwhile; what a sending that is broken off leaves open has tests of
    its own (test_quitting.py, tests/durability)."""
    await _four_being_saved(desk, slow_disk, tmp_path, is_offline=True)
    closing = asyncio.get_running_loop().create_task(desk.close())
    await asyncio.sleep(0)
    slow_disk.let_go()
    await closing
    assert not desk.clinic.photos_received()
    desk.clinic.go_online()
    await desk.start()
    await until(lambda: len(desk.clinic.photos_received(GRACE_ADEYEMI)) == 4)
    assert len(desk.clinic.photos_received()) == 4


async def test_removed_while_saving_is_not_sent_and_added_meanwhile_stays(
    desk: Desk, tmp_path: Path, slow_disk: SlowDisk, photo: Path
) -> None:
    saving, waiting = await _four_being_saved(desk, slow_disk, tmp_path)
    assert "Saving" in saving
    assert "Saving" in waiting
    _click_cross(desk, 0)
    assert len(desk.added) == 2
    _click_cross(desk, 1)
    assert [row.split(",")[0] for row in desk.added] == ["3.jpg"]
    desk.press(Qt.Key.Key_Delete)
    assert desk.sheet.problem in ("", capture.being_saved())
    desk.drop([photo], onto=desk.sheet)
    slow_disk.let_go()
    await until(lambda: desk.sheet.foot.send.text() == "Send 1 to Grace Adeyemi, 7 Jul 1986")
    assert [row.split(",")[0] for row in desk.added] == ["plaque.jpg"]
    await desk.all_wait_in_queue(3)
    QTest.mouseClick(desk.sheet.foot.send, _LEFT)
    await desk.all_wait_in_queue(4)
    contents = [received.content for received in desk.clinic.photos_received(GRACE_ADEYEMI)]
    assert not any(same_pixels(content, (tmp_path / "4.jpg").read_bytes()) for content in contents)


async def test_nothing_is_sent_for_the_deceased(desk: Desk, photo: Path) -> None:
    await desk.open(HAROLD_WHITCOMBE)
    await until(lambda: "This patient is marked deceased. Photos can’t be sent." in desk.page_words.replace("\n", " "))
    desk.drop([photo])
    desk.press(Qt.Key.Key_Space)
    assert desk.pages.patient.isVisible()
    assert desk.window.findChildren(type(desk.pages.patient))
    assert not desk.pages.patient.banner.take_photos.isEnabled()


async def test_a_sending_can_be_stopped(desk: Desk, photo: Path) -> None:
    await desk.open(THOMAS_BECKER)
    desk.clinic.switches.upload_pace_s = 0.3
    await desk.send_file(photo)
    await desk.click_when_there("Cancel sending", desk.pages.tray)
    await desk.tray_says("You stopped it. Nothing was sent; the photo is safe on this PC.")
    desk.clinic.switches.upload_pace_s = 0.0
    assert not desk.clinic.photos_received()
    await desk.click_when_there("Delete photo", desk.pages.tray)
    await until(lambda: desk.is_asked)
    desk.answer("Delete photo")
    await desk.tray_says("Nothing sent yet")


async def test_the_button_says_that_a_photo_is_kept_while_cerbo_takes_none(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.clinic.go_offline()
    desk.press(Qt.Key.Key_F5)
    await desk.strip_says("Offline since")
    desk.drop([photo])
    await desk.examined()
    send = desk.sheet.foot.send
    assert send.text() == "Keep 1 for Grace Adeyemi, 7 Jul 1986"
    assert send.accessibleName() == "Keep 1 photo for Grace Adeyemi, born 7 July 1986, to be sent later"
    assert "Kept safe on this PC, and sent as soon as Cerbo takes photos again." in words_of(desk.sheet)
    desk.clinic.go_online()
    await until(lambda: send.text() == "Send 1 to Grace Adeyemi, 7 Jul 1986")
    assert "Photos go to Cerbo’s queue for staff to accept." in words_of(desk.sheet)
