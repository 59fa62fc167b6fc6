"""The files tab: the words and buttons of each row, the line above them, and the current file beside them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, QSize, Qt, QUrl
from PySide6.QtGui import QClipboard, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QTextLine
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.sent_before import SentBefore, SentWhere
from cerbo_desktop.domain.verdict import (
    Accepted,
    FileKind,
    MediaType,
    OutgoingPhoto,
    Preparation,
    RefusalReason,
    Refused,
)
from cerbo_desktop.services.file_intake import IntakeFacts
from cerbo_desktop.services.shots import Examining, Shot, ShotId, ShotName, ShotSource
from cerbo_desktop.ui.capture.file_row import ROW_HEIGHT_PX, FileRowDelegate
from cerbo_desktop.ui.capture.file_row_buttons import RowButton, button_of, button_zone
from cerbo_desktop.ui.capture.lists import FileList
from cerbo_desktop.ui.capture.sheet import CaptureSheet
from cerbo_desktop.ui.capture.sheet_head import identity_runs
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.typesetting import dots_at_line_ends
from cerbo_desktop.ui.text import added_files as words
from tests.flows.pseudo.room import painted_texts
from tests.flows.reading import words_of
from tests.ui.capture.desk import MARIA, TODAY

NOW = datetime(2025, 11, 12, 10, 12, tzinfo=UTC)
EARLIER = datetime(2025, 11, 5, 9, 40, tzinfo=UTC)
_LEFT = Qt.MouseButton.LeftButton


def shot(number: int, state: Accepted | Refused, name: str = "", size: int = 2_700_000) -> Shot:
    shot_name = ShotName(ShotSource.FILE, file_name=name or f"{number}.jpg")
    return Shot(ShotId(number), shot_name, NOW, state, isinstance(state, Accepted), size, folder_name="Downloads")


def accepted(width: int = 3024, height: int = 4032, **done: object) -> Accepted:
    photo = OutgoingPhoto(b"x", MediaType.JPEG, width, height, "0")
    return Accepted(photo, Raster(2, 2, bytes(16), width, height), "0", Preparation(**done))  # type: ignore[arg-type]


READY = accepted(had_location=True)
HEIC = accepted(source_kind=FileKind.HEIC, source_width_px=4032, source_height_px=3024, source_bytes=1_900_000)
FITTED = accepted(
    4608, 3456, is_fitted=True, quality=90, source_width_px=8064, source_height_px=6048, source_bytes=18_400_000
)
PAGES = replace(HEIC, preparation=replace(HEIC.preparation, page_count=3))
SMALL = accepted(2400, 1800, is_fitted=True, is_below_minimum=True)
NOT_A_PHOTO = Refused(RefusalReason.NOT_A_PHOTO, FileKind.PDF)


def before(number: int, where: SentWhere, *, is_chosen: bool = False) -> Shot:
    return replace(shot(number, READY), is_chosen=is_chosen, sent_before=SentBefore(where, EARLIER))


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    return made


@pytest.fixture
def sheet(window: QWidget) -> Iterator[CaptureSheet]:
    made = CaptureSheet(MARIA, TODAY)
    made.show_tab("files")
    made.show_shots(())
    made.open_over(window, first_focus=made.first_focus)
    yield made
    made.dismiss()


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (READY, "Ready. Location removed"),
        (accepted(), "Ready. Will be sent without location data"),
        (accepted(named_kind=FileKind.HEIC), "Ready. Named as HEIC, but is JPEG"),
        (HEIC, "Will become JPEG. Cerbo cannot take HEIC. 2.7 MB after"),
        (
            replace(HEIC, preparation=replace(HEIC.preparation, page_count=3)),
            "Will become JPEG. First page of 3. 2.7 MB after",
        ),
        (FITTED, "Too big, will be fitted. 18.4 MB fits to 2.7 MB"),
        (accepted(6000, 4500, is_reduced=True), "Will be made smaller. Read at a smaller size: 6000 × 4500, 2.7 MB"),
        (SMALL, "Too big, fits only much smaller. Will be sent as 2400 × 1800, 2.7 MB"),
    ],
)
def test_the_verdict_of_a_row(sheet: CaptureSheet, state: Accepted, line: str) -> None:
    sheet.show_shots((shot(1, state),))
    assert _spoken(sheet, 0) == f"1.jpg, chosen. {line}"


@pytest.mark.parametrize(
    ("where", "left_out", "ticked"),
    [
        (
            SentWhere.CERBO,
            "Already sent. 5 Nov 2025, 09:40. Left out",
            "Will be sent once more. Already sent 5 Nov 2025, 09:40",
        ),
        (
            SentWhere.UPLOADS,
            "Already in Uploads. 5 Nov 2025, 09:40. Left out",
            "Will be sent once more. In Uploads since 5 Nov 2025, 09:40",
        ),
        (
            SentWhere.CHART,
            "Already in the chart. 5 Nov 2025, 09:40. Left out",
            "Will be sent once more. In the chart: 5 Nov 2025, 09:40",
        ),
        (
            SentWhere.OTHER_PATIENT,
            "Also sent for another patient. Check whose photo this is. Left out",
            "Will be sent for this patient, too. Sent for another patient 5 Nov 2025, 09:40",
        ),
    ],
)
def test_what_was_sent_before_changes_its_words_when_it_is_ticked(
    sheet: CaptureSheet, where: SentWhere, left_out: str, ticked: str
) -> None:
    sheet.show_shots((before(1, where),))
    assert _spoken(sheet, 0) == f"1.jpg, left out. {left_out}"
    sheet.show_shots((before(1, where, is_chosen=True),))
    assert _spoken(sheet, 0) == f"1.jpg, chosen. {ticked}"


def test_the_buttons_of_rows_do_what_they_say(sheet: CaptureSheet) -> None:
    rows = (shot(1, READY), shot(2, HEIC), shot(3, FITTED), before(4, SentWhere.CERBO), shot(5, NOT_A_PHOTO))
    sheet.show_shots((*rows, before(6, SentWhere.CERBO, is_chosen=True)))
    seen, ticked = QSignalSpy(sheet.files_tab.see_both_wanted), QSignalSpy(sheet.shot_ticked)
    offered = [button_of(each) for each in sheet.files_tab.files.shots.shots]
    assert offered == [None, RowButton.SEE_BOTH, RowButton.SEE_BOTH, RowButton.SEND_ANYWAY, None, None]
    for row in (1, 2, 3):
        _click_button(sheet, row)
    assert [seen.at(at) for at in range(seen.count())] == [[2], [3]]
    assert [ticked.at(at) for at in range(ticked.count())] == [[4, True]]


def test_v_and_the_button_beside_the_list_show_both_versions(sheet: CaptureSheet, qtbot: QtBot) -> None:
    sheet.show_shots((shot(1, HEIC), shot(2, NOT_A_PHOTO)))
    seen = QSignalSpy(sheet.files_tab.see_both_wanted)
    sheet.focus_files()
    QTest.keyClick(sheet.files_tab.files, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: seen.count() == 1)
    sheet.files_tab.aside.see_large.click()
    sheet.files_tab.files.select(ShotId(2))
    sheet.files_tab.files.see_both()
    assert [seen.at(at) for at in range(seen.count())] == [[1], [1]], "what is no photo has none"


def test_the_current_file_stands_beside_the_list_and_nothing_does_without_one(
    sheet: CaptureSheet, window: QWidget
) -> None:
    aside, ticked = sheet.files_tab.aside, QSignalSpy(sheet.shot_ticked)
    assert not aside.isVisible()
    sheet.show_shots((shot(1, FITTED, "arm-left.jpg", 6_100_000), shot(2, NOT_A_PHOTO, "lab.pdf")))
    said = words_of(aside)
    for part in ("arm-left.jpg", "8064 × 6048", "18.4 MB", "Stays in Downloads, not changed"):
        assert part in said
    for part in ("4608 × 3456", "6.1 MB", "JPEG, quality 90, upright, colors kept"):
        assert part in said
    aside.tick.click()
    assert ticked.at(0) == [1, False]
    sheet.show_shots((replace(shot(1, FITTED), is_chosen=False), shot(2, NOT_A_PHOTO, "lab.pdf")))
    assert words.take_in() in words_of(aside)
    assert words.left_out() in words_of(aside)
    assert words.to_be_sent() not in words_of(aside)
    sheet.files_tab.files.select(ShotId(2))
    assert "This is a PDF document. Not added" in words_of(aside)
    assert words.original() not in words_of(aside)
    window.resize(900, 700)
    QApplication.processEvents()
    assert not aside.isVisible()


def test_a_long_name_keeps_the_end_that_tells_copies_apart(sheet: CaptureSheet, window: QWidget) -> None:
    name = f"{'Photo of the left forearm after treatment, ' * 4}second visit (edited) (1) FINAL.jpg"
    sheet.show_shots((shot(1, FITTED, name),))
    aside = sheet.files_tab.aside
    said = words_of(aside)
    assert name in said, "readers and tooltips have all of it"
    assert not aside._zoom.isVisible()
    assert aside._name._shown_text(aside._name.width()).endswith(" FINAL.jpg")
    sheet.show_shots((shot(1, FITTED, "a.jpg"),))
    assert aside._zoom.isVisible()
    sheet.show_shots((shot(1, accepted(source_width_px=4032, source_height_px=3024), "a.jpg"),))
    assert not aside._zoom.isVisible(), "one lies, the other stands"


def test_seven_rows_stand_in_a_full_window_without_scrolling(sheet: CaptureSheet) -> None:
    sheet.show_shots(tuple(shot(number, READY) for number in range(1, 8)))
    QApplication.processEvents()
    assert sheet.files_tab.files.verticalScrollBar().maximum() == 0


def test_the_line_above_the_list_counts_and_tells_what_waits(sheet: CaptureSheet) -> None:
    head = sheet.files_tab.head
    assert not head.isVisible()
    sheet.show_shots((shot(1, READY), shot(2, HEIC), shot(3, NOT_A_PHOTO)))
    assert "3 files from Downloads, 2 chosen" in words_of(head)
    assert words.data_removed() in words_of(head)
    sheet.show_shots((shot(1, READY), replace(shot(2, HEIC), folder_name="Scans")))
    assert "2 files, 2 chosen" in words_of(head)
    sheet.show_intake(IntakeFacts(waiting_count=240, other_count=12))
    assert "2 of 242 files, 2 chosen. The other 240 follow after Send." in words_of(head)
    assert "12 other files in the folder are no photos." in words_of(head)


@pytest.mark.parametrize("size", [QSize(1440, 900), QSize(1024, 700), QSize(1093, 614), QSize(880, 500)])
def test_nothing_beside_the_list_is_cut(sheet: CaptureSheet, window: QWidget, size: QSize) -> None:
    sheet.show_shots((shot(1, FITTED),))
    window.resize(size)
    QApplication.processEvents()
    for button in (sheet.files_tab.aside.see_large, sheet.files_tab.aside.tick):
        place = button.mapTo(sheet, QPoint())
        assert not button.isVisible() or sheet.rect().contains(button.rect().translated(place))


@pytest.mark.parametrize("size", [QSize(1024, 700), QSize(1093, 614), QSize(1024, 500)])
def test_no_picture_beside_the_list_lies_under_words(sheet: CaptureSheet, window: QWidget, size: QSize) -> None:
    window.resize(size)
    sheet.show_shots((shot(1, FITTED),))
    sheet.show_news("60 photos are safe.")
    QApplication.processEvents()
    aside = sheet.files_tab.aside
    assert aside.isVisible()
    for version in (each for each in (aside._original, aside._sent) if each.isVisible()):
        assert version.height() >= version.minimumSizeHint().height()


def test_a_button_under_the_pointer_is_painted_anew_and_so_is_the_one_that_was_left(sheet: CaptureSheet) -> None:
    sheet.show_shots((shot(1, HEIC), shot(2, FITTED)))
    files = sheet.files_tab.files
    QApplication.processEvents()
    at_rest = files.viewport().grab().toImage()
    QTest.mouseMove(files.viewport(), _button_place(sheet, 0))
    QApplication.processEvents()
    hovered = files.viewport().grab().toImage()
    assert hovered != at_rest
    QTest.mouseMove(files.viewport(), QPoint(300, 20))
    QApplication.processEvents()
    assert files.viewport().grab().toImage() == at_rest


def test_what_comes_by_itself_moves_nobody_to_another_row(sheet: CaptureSheet) -> None:
    files = sheet.files_tab.files
    sheet.show_shots((shot(1, READY), shot(2, READY)))
    files.select(ShotId(2))
    sheet.show_shots((shot(1, READY), shot(2, READY), shot(3, READY)))
    assert files.current_shot() == shot(2, READY)
    sheet.expect_files()
    sheet.show_shots(tuple(shot(number, READY) for number in range(1, 6)))
    assert files.current_shot() == shot(4, READY)


@pytest.fixture
def clipboard() -> Iterator[QClipboard]:
    """Emptied afterwards."""
    clipboard = QGuiApplication.clipboard()
    yield clipboard
    clipboard.clear()


def test_a_pasted_link_says_what_to_do_and_pasted_files_are_added(sheet: CaptureSheet, clipboard: QClipboard) -> None:
    came = QSignalSpy(sheet.files_added)
    clipboard.setText("https://pictures.example/arm.jpg")
    QTest.keyClick(sheet.focusWidget(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert sheet.problem == words.link_is_no_photo()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/photos/a.jpg"), QUrl.fromLocalFile("/photos/b.jpg")])
    clipboard.setMimeData(mime)
    QTest.keyClick(sheet.focusWidget(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [path.name for path in came.at(0)[0]] == ["a.jpg", "b.jpg"]
    assert sheet.problem == ""


def test_a_dropped_link_says_what_to_do(sheet: CaptureSheet) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://pictures.example/arm.jpg")])
    action, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(sheet, QDragEnterEvent(QPoint(200, 200), action, mime, _LEFT, keys))
    QApplication.sendEvent(sheet, QDropEvent(QPoint(200, 200).toPointF(), action, mime, _LEFT, keys))
    assert sheet.problem == words.link_is_no_photo()


def test_a_part_that_is_kept_says_of_how_many(sheet: CaptureSheet) -> None:
    sheet.foot.show_kept_here(True)
    rest = (before(2, SentWhere.CERBO), replace(shot(3, READY), is_chosen=False), shot(4, NOT_A_PHOTO))
    sheet.show_shots((shot(1, READY), *rest))
    assert sheet.foot.send.text() == "Keep 1 of 3 for Maria Lopez, 4 Mar 1981"
    sheet.show_shots((shot(1, READY), shot(4, NOT_A_PHOTO)))
    assert sheet.foot.send.text() == "Keep 1 for Maria Lopez, 4 Mar 1981"


def test_a_refused_file_goes_from_the_list_with_delete(sheet: CaptureSheet) -> None:
    sheet.show_shots((shot(1, NOT_A_PHOTO),))
    ticked, removed = QSignalSpy(sheet.shot_ticked), QSignalSpy(sheet.shot_removed)
    sheet.focus_files()
    QTest.keyClick(sheet.files_tab.files, Qt.Key.Key_Delete)
    assert (ticked.count(), removed.at(0)) == (0, [1])


def test_a_click_on_a_row_takes_the_focus_from_the_buttons_beside_the_list(sheet: CaptureSheet) -> None:
    """Enter would press the one that was used last, for this other file."""
    files = sheet.files_tab.files
    sheet.show_shots((shot(1, READY), shot(2, READY)))
    sheet.files_tab.aside.tick.setFocus(Qt.FocusReason.TabFocusReason)
    row = files.visualRect(files.model().index(1, 0))
    QTest.mouseClick(files.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert files.hasFocus()


def test_an_empty_list_is_no_stop_of_tab(sheet: CaptureSheet) -> None:
    assert sheet.files_tab.zone.choose.hasFocus()
    QTest.keyClick(sheet.files_tab.zone.choose, Qt.Key.Key_Tab)
    assert sheet.foot.consent.box.hasFocus()
    sheet.show_shots((shot(1, READY),))
    sheet.focus_files()
    assert sheet.files_tab.files.hasFocus()
    sheet.show_shots(())
    assert sheet.files_tab.zone.choose.hasFocus()


@pytest.mark.parametrize("size", [QSize(1024, 700), QSize(1093, 614)])
def test_in_a_low_window_the_list_has_more_room_once_there_are_files(
    sheet: CaptureSheet, window: QWidget, size: QSize
) -> None:
    window.resize(size)
    QApplication.processEvents()
    zone = sheet.files_tab.zone
    assert words.limits() in words_of(zone)
    sheet.show_shots(tuple(shot(number, READY) for number in range(1, 20)))
    QApplication.processEvents()
    assert words.limits() not in words_of(zone)
    assert zone.choose.isVisible()
    assert zone.height() == 48
    assert sheet.files_tab.files.height() >= 5 * ROW_HEIGHT_PX


@pytest.mark.parametrize("width", [1024, 880])
def test_a_long_verdict_takes_two_lines_of_a_narrow_row(sheet: CaptureSheet, window: QWidget, width: int) -> None:
    window.resize(width, 700)
    webp = replace(HEIC, preparation=replace(HEIC.preparation, source_kind=FileKind.WEBP))
    sheet.show_shots((shot(1, webp), shot(2, Refused(RefusalReason.UNREADABLE)), shot(3, FITTED)))
    QApplication.processEvents()
    files = sheet.files_tab.files
    for row in range(3):
        assert not _inked(files, row, 2), "a third line would begin here"
    painted = " ".join(text for _, text in painted_texts(files)).replace("\N{NO-BREAK SPACE}", " ")
    for said in ("Cerbo cannot take WebP. 2.7 MB after", "permission to open it. Not added"):
        assert said in painted


def test_a_strip_that_comes_above_the_list_leaves_the_current_row_in_view(sheet: CaptureSheet) -> None:
    files = sheet.files_tab.files
    sheet.show_shots(tuple(shot(number, READY) for number in range(1, 20)))
    QApplication.processEvents()
    last = files.viewport().height() // ROW_HEIGHT_PX
    files.select(ShotId(last))
    QApplication.processEvents()
    sheet.show_news("19 photos are safe.")
    sheet.show_problem("One was not.")
    QApplication.processEvents()
    assert files.viewport().rect().contains(files.visualRect(files.currentIndex()))


def test_a_ring_turns_while_a_file_is_checked(sheet: CaptureSheet, qtbot: QtBot) -> None:
    sheet.show_shots((shot(1, READY), replace(shot(2, READY), state=Examining())))
    files = sheet.files_tab.files
    zone = FileRowDelegate.mark_zone(files.visualRect(files.shots.index(1)).toRectF()).toAlignedRect()

    def mark() -> QImage:
        return files.viewport().grab(zone).toImage()

    still = mark()
    qtbot.waitUntil(lambda: mark() != still)
    turned = mark()
    qtbot.waitUntil(lambda: mark() not in (still, turned))
    sheet.show_shots((shot(1, READY), shot(2, READY)))
    assert not files._ring._frames.isActive()


def test_no_dot_is_seen_at_the_end_of_a_line(qtbot: QtBot) -> None:
    label = Label("", fonts.BODY, "ink2", wraps=True)
    qtbot.addWidget(label)
    label.set_runs(identity_runs(MARIA, TODAY))
    for width in range(label.sizeHint().width(), 150, -1):
        if label.heightForWidth(width) > label.heightForWidth(label.sizeHint().width()):
            break
    ends = list(dots_at_line_ends(label._laid_out(float(width))))
    assert [label.text()[at] for at in ends] == ["·"]
    for at in (place for place, letter in enumerate(label.text()) if letter == "·"):
        assert _is_painted(label, width, at) is (at not in ends)


def _is_painted(label: Label, width: int, at: int) -> bool:
    label.resize(width, label.heightForWidth(width))
    layout = label._laid_out(float(width))  # which its lines need
    line = layout.lineForTextPosition(at)
    letter = QRectF(_left_of(line, at), line.y(), 4, line.height()).toAlignedRect()
    picture = label.grab(letter).toImage()
    colours = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
    return len(colours) > 1


def _left_of(line: QTextLine, at: int) -> float:
    """PySide's stub says no more than that something comes."""
    place, _ = cast("tuple[float, int]", line.cursorToX(at))
    return place


def _inked(files: FileList, row: int, from_px: int) -> bool:
    """Whether anything is painted in the column of the verdicts, so many pixels below the top of a row."""
    rect = files.visualRect(files.shots.index(row))
    left = round(FileRowDelegate.mark_zone(rect.toRectF()).right())
    band = files.viewport().grab(QRect(left, rect.top() + from_px, 200, 8)).toImage()
    ground = band.pixelColor(199, 7)
    return any(band.pixelColor(x, y) != ground for x in range(200) for y in range(8))


def _spoken(sheet: CaptureSheet, row: int) -> str:
    said: str = sheet.files_tab.files.shots.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
    return said


def _button_place(sheet: CaptureSheet, row: int) -> QPoint:
    files = sheet.files_tab.files
    button = button_of(files.shots.shots[row])
    assert button is not None
    return button_zone(files.visualRect(files.shots.index(row)).toRectF(), button).center().toPoint()


def _click_button(sheet: CaptureSheet, row: int) -> None:
    QApplication.processEvents()
    QTest.mouseClick(sheet.files_tab.files.viewport(), _LEFT, pos=_button_place(sheet, row))


def test_only_news_of_the_current_file_is_told(sheet: CaptureSheet) -> None:
    """The large picture beside the list is laid out anew each time."""
    rows = tuple(shot(number, READY) for number in range(1, 4))
    sheet.show_shots(rows)
    told = QSignalSpy(sheet.files_tab.files.current_changed)
    sheet.show_shots((rows[0], shot(2, FITTED), rows[2]))
    assert told.count() == 0
    sheet.show_shots((shot(1, FITTED), shot(2, FITTED), rows[2]))
    assert told.count() == 1
