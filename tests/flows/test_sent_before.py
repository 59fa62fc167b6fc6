"""The same photo is not sent twice without a word: across sheets, names, paste, a restart and patients."""

from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QRectF, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest

from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.practice.drawing import numbered
from cerbo_desktop.practice.patients import EVELYN_LONGACRE, GRACE_ADEYEMI, HANA_KIM
from cerbo_desktop.practice.withholding import Withheld
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.services import comparing_files
from cerbo_desktop.ui.capture.file_row_buttons import RowButton, button_zone
from cerbo_desktop.ui.kit.sheet import open_sheet
from tests.flows.desk import Desk
from tests.flows.reading import words_of
from tests.waiting import until

_LEFT = Qt.MouseButton.LeftButton


async def sent(desk: Desk, photo: Path) -> None:
    """It waits in Cerbo's queue for Grace."""
    desk.widen()
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)
    await desk.tray_says("Waiting in Cerbo’s queue")


async def verdict_on(desk: Desk, *files: Path) -> list[str]:
    desk.drop(files)
    await desk.examined()
    return desk.added


async def leave_sheet(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: open_sheet(desk.window) is None)


def press_send_anyway(desk: Desk, row: int) -> None:
    rows = desk.sheet.files_tab.files
    row_rect = QRectF(rows.visualRect(rows.model().index(row, 0)))
    at = button_zone(row_rect, RowButton.SEND_ANYWAY).center().toPoint()
    QTest.mouseClick(rows.viewport(), _LEFT, Qt.KeyboardModifier.NoModifier, at)


async def test_a_file_that_was_sent_is_left_out_until_a_person_wants_it_once_more(desk: Desk, photo: Path) -> None:
    await sent(desk, photo)
    (row,) = await verdict_on(desk, photo)
    assert row.startswith("plaque.jpg, left out. Already sent. ")
    assert row.endswith(". Left out")
    assert not desk.sheet.foot.send.isEnabled()
    await leave_sheet(desk)  # nothing is lost, so nothing is asked
    await verdict_on(desk, photo)
    press_send_anyway(desk, 0)
    assert "Will be sent once more" in desk.added[0]
    desk.agree()
    QTest.mouseClick(desk.sheet.foot.send, _LEFT)
    await desk.all_wait_in_queue(2)
    assert len(desk.clinic.photos_received(GRACE_ADEYEMI)) == 2


async def test_it_is_known_by_another_name_in_other_bytes_pasted_and_after_a_restart(
    desk: Desk, photo: Path, tmp_path: Path
) -> None:
    plain, renamed, saved_again = tmp_path / "plain.png", tmp_path / "renamed.png", tmp_path / "again.png"
    with Image.open(photo) as opened:
        small = opened.resize((240, 160))
        small.save(plain)
        small.save(saved_again, dpi=(300, 300))
    renamed.write_bytes(plain.read_bytes())
    assert plain.read_bytes() != saved_again.read_bytes()
    await sent(desk, plain)
    await desk.close()
    await desk.start()
    desk.widen()
    await desk.open(GRACE_ADEYEMI)
    (received,) = desk.clinic.photos_received(GRACE_ADEYEMI)
    from_cerbo, from_cerbo_again = tmp_path / "from Cerbo.png", tmp_path / "from Cerbo again.png"
    from_cerbo.write_bytes(received.content)
    with Image.open(from_cerbo) as opened:
        opened.resize((120, 80)).save(from_cerbo_again, exif=opened.getexif())
    rows = await verdict_on(desk, renamed, saved_again, from_cerbo, from_cerbo_again)
    assert all("left out. Already sent" in row for row in rows)
    await leave_sheet(desk)
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(renamed))])
    QGuiApplication.clipboard().setMimeData(held)
    QTest.keyClick(desk.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: desk.added)
    await desk.examined()
    assert "Already sent" in desk.added[0]


async def test_pixels_that_are_pasted_are_known_as_the_photo_in_the_list(desk: Desk, photo: Path) -> None:
    """An image viewer copies what it shows, without the file."""
    desk.widen()
    await desk.open(GRACE_ADEYEMI)
    await verdict_on(desk, photo)
    QGuiApplication.clipboard().setImage(QImage(str(photo)))
    desk.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: len(desk.added) == 2)
    await desk.examined()
    assert desk.added[1] == "Pasted photo 1, left out. Same as plaque.jpg. Left out"


async def test_one_that_still_waits_on_this_pc_is_already_in_uploads(desk: Desk, photo: Path) -> None:
    desk.widen()
    await desk.open(GRACE_ADEYEMI)
    desk.clinic.go_offline()
    await desk.send_file(photo)
    await desk.tray_says("Safe on this PC")
    assert "Already in Uploads" in (await verdict_on(desk, photo))[0]


async def test_one_that_was_withdrawn_is_not_already_sent(desk: Desk, photo: Path) -> None:
    await sent(desk, photo)
    await until(lambda: desk.services.uploading.feed.latest[0].can_be_withdrawn)
    upload = desk.services.uploading.feed.latest[0]
    desk.pages.tray.withdraw_clicked.emit(upload.id)
    await until(lambda: desk.is_asked)
    desk.answer("Withdraw")
    await until(lambda: not desk.services.uploading.feed.latest)
    assert await verdict_on(desk, photo) == ["plaque.jpg, chosen. Ready. Will be sent without location data"]


async def test_a_file_that_was_saved_from_the_chart_is_already_there(desk: Desk, tmp_path: Path) -> None:
    desk.widen()
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    saved = tmp_path / "saved.jpg"
    saved.write_bytes(desk.clinic.album(GRACE_ADEYEMI)[0].content)
    await until(lambda: desk.services.contents.of_patient(desk.services.albums.album.latest.photos[0].patient_id))
    assert "Already in the chart" in (await verdict_on(desk, saved))[0]


async def test_the_same_file_for_another_patient_waits_for_a_person(desk: Desk, photo: Path) -> None:
    await sent(desk, photo)
    await desk.open(HANA_KIM)
    (row,) = await verdict_on(desk, photo)
    assert "Also sent for another patient. Check whose photo this is. Left out" in row
    assert "Grace" not in words_of(desk.sheet)


async def test_one_photo_of_two_names_goes_once_for_each_word(desk: Desk, photo: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jpg"
    copy.write_bytes(photo.read_bytes())
    await sent(desk, photo)
    await desk.open(HANA_KIM)
    assert all("Also sent for another patient" in row for row in await verdict_on(desk, photo, copy))
    press_send_anyway(desk, 0)
    assert "Will be sent for this patient, too" in desk.added[0]
    assert desk.added[1] == "copy.jpg, left out. Same as plaque.jpg. Left out"
    press_send_anyway(desk, 1)  # no such button any more
    desk.agree()
    QTest.mouseClick(desk.sheet.foot.send, _LEFT)
    await until(lambda: open_sheet(desk.window) is None)
    assert len(desk.services.uploading.feed.latest) == 2, "one for each patient"


def saved_from_chart(desk: Desk, photo: Photo, folder: Path) -> Path:
    saved = folder / "saved.jpg"
    saved.write_bytes(next(each for each in desk.clinic.album(GRACE_ADEYEMI) if str(each.id) == photo.id).content)
    return saved


async def opened_album(desk: Desk, count: int) -> tuple[Photo, ...]:
    """Grace's, with so many photos."""
    desk.clinic.fill_album(GRACE_ADEYEMI, [partial(numbered, number) for number in range(count)])
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    return desk.services.albums.album.latest.photos


async def test_a_photo_of_the_chart_that_was_never_downloaded_is_found_while_its_copy_waits(
    desk: Desk, tmp_path: Path
) -> None:
    """How far the album was scrolled does not matter."""
    oldest = (await opened_album(desk, 54))[-1]
    assert not desk.services.contents.has(oldest.patient_id, oldest.id)
    await verdict_on(desk, saved_from_chart(desk, oldest, tmp_path))
    await until(lambda: "left out. Already in the chart" in desk.added[0], 30.0)
    assert not desk.sheet.foot.send.isEnabled()


async def test_one_that_is_as_large_as_the_file_is_looked_at_before_the_verdict(desk: Desk, tmp_path: Path) -> None:
    desk.clinic.switches.rows_tell_size = True
    sized = next(each for each in await opened_album(desk, 4) if each.size_bytes)
    desk.services.contents.clear()  # they had to make room
    assert "left out. Already in the chart" in (await verdict_on(desk, saved_from_chart(desk, sized, tmp_path)))[0]


async def test_that_photos_of_the_chart_were_not_compared_is_said(
    desk: Desk, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing_files, "_MOST_PHOTOS", 2)
    await desk.open(EVELYN_LONGACRE)
    await until(lambda: desk.services.albums.album.latest.is_complete)
    await verdict_on(desk, photo)
    said = "photos of this chart were not compared with these files: they are not on this PC."
    await until(lambda: said in words_of(desk.sheet.files_tab), 30.0)
    desk.sheet.files_tab.files.shot_removed.emit(1)
    await until(lambda: said not in words_of(desk.sheet.files_tab))


async def test_that_the_chart_could_not_be_listed_is_said(desk: Desk, photo: Path) -> None:
    desk.widen()
    desk.clinic.switches.withheld = (Withheld("images", 403),)
    await desk.open(GRACE_ADEYEMI)
    await until(lambda: desk.services.albums.album.latest.error is not None)
    await verdict_on(desk, photo)
    said = "Not compared with the photos of this chart: they could not be listed."
    await until(lambda: said in words_of(desk.sheet.files_tab))


async def test_what_another_pc_made_of_the_same_file_is_known_in_the_chart(
    desk: Desk, photo: Path, tmp_path: Path
) -> None:
    await sent(desk, photo)
    desk.clinic.accept_all()
    await desk.close()
    desk.data_dir = DataDir(tmp_path / "another PC")
    await desk.start()
    desk.widen()
    await desk.open(GRACE_ADEYEMI)
    await verdict_on(desk, photo)
    await until(lambda: "left out. Already in the chart" in desk.added[0], 30.0)


async def test_of_two_copies_the_one_that_is_not_removed_goes_out(desk: Desk, photo: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jpg"
    copy.write_bytes(photo.read_bytes())
    await desk.open(GRACE_ADEYEMI)
    assert "Same as plaque.jpg" in (await verdict_on(desk, photo, copy))[1]
    desk.sheet.files_tab.files.shot_removed.emit(1)
    await until(lambda: len(desk.added) == 1)
    assert desk.added[0].startswith("copy.jpg, chosen. Ready")
