"""Choosing files, where the dialog is a process of its own and may hang, die or babble."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.file_dialog import process
from cerbo_desktop.ui.file_dialog.picker import FilePicker
from cerbo_desktop.ui.file_dialog.process import DialogProcess
from cerbo_desktop.ui.file_dialog.qt_dialog import made_dialog
from cerbo_desktop.ui.file_dialog.request import FileRequest
from cerbo_desktop.ui.kit.sheet import Sheet
from cerbo_desktop.ui.text import file_dialog
from tests.fakes.dialog_hand import AT_ONCE, hand_that_chooses
from tests.fakes.odd_dialog import odd_dialog
from tests.flows.reading import words_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the system's own dialog is used there")

_PICTURES = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    return window


@pytest.fixture
def picker(window: QWidget) -> Iterator[FilePicker]:
    sheet = Sheet("Photos")
    picker = FilePicker(sheet, FileRequest(title="Choose photos", filters=("Photos (*.jpg)",)))
    picker.strip.setParent(sheet)
    sheet.open_over(window)
    yield picker
    picker.close()


@pytest.fixture
def soon_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SILENT_AFTER_S", 1)


def test_a_person_chooses(picker: FilePicker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    photo = tmp_path / "one.jpg"
    photo.touch()
    hand_that_chooses(monkeypatch, str(photo))
    chosen = QSignalSpy(picker.chosen)
    with qtbot.waitSignal(picker.closed, timeout=30_000):
        picker.open()
    assert [chosen.at(each) for each in range(chosen.count())] == [[[photo]]]
    assert not picker.is_open
    assert not picker.strip.isVisible()


def test_a_path_that_is_pasted_is_all_that_is_chosen(
    picker: FilePicker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Also where the folder that it begins with has a file of that name."""
    for folder in ("of Maria", "of Grace"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.jpg").touch()
    monkeypatch.setattr(FilePicker, "_last_folder", str(tmp_path / "of Maria"))
    hand_that_chooses(monkeypatch, str(tmp_path / "of Grace" / "one.jpg"), AT_ONCE)
    with qtbot.waitSignal(picker.chosen, timeout=30_000) as chosen:
        picker.open()
    assert chosen.args == [[tmp_path / "of Grace" / "one.jpg"]]


def test_a_person_chooses_nothing(picker: FilePicker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_that_chooses(monkeypatch)
    chosen = QSignalSpy(picker.chosen)
    with qtbot.waitSignal(picker.closed, timeout=30_000):
        picker.open()
    assert chosen.count() == 0
    assert not picker.strip.isVisible()


def test_the_next_one_opens_where_the_last_was_used(
    picker: FilePicker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "one.jpg").touch()
    (tmp_path / "two.jpg").touch()
    hand_that_chooses(monkeypatch, str(tmp_path / "one.jpg"))
    with qtbot.waitSignal(picker.closed, timeout=30_000):
        picker.open()
    hand_that_chooses(monkeypatch, "two.jpg")
    with qtbot.waitSignal(picker.chosen, timeout=30_000) as chosen:
        picker.open()
    assert chosen.args == [[tmp_path / "two.jpg"]]


@pytest.mark.parametrize(
    ("used", "next_one"),
    [
        *(("/share/photos/Becker, Thomas", "/share/photos"), ("~/Scans", "~"), ("~", "~"), ("/media", "/media")),
        *((_PICTURES, _PICTURES), (f"{_PICTURES}/Becker, Thomas", _PICTURES)),
    ],
)
def test_the_next_patients_dialog_begins_above_the_folder_of_the_one_before(
    window: QWidget,
    picker: FilePicker,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    used: str,
    next_one: str,
) -> None:
    odd_dialog(monkeypatch, "answers when raised", Path(used).expanduser() / "one.jpg")
    picker.open()
    with qtbot.waitSignal(picker.closed, timeout=30_000):
        picker.open()
    told = tmp_path / "told.json"
    odd_dialog(monkeypatch, "writes down", told)
    sheet = Sheet("Photos of the next one")
    other = FilePicker(sheet, FileRequest(title="Choose photos", filters=("Photos (*.jpg)",)))
    other.strip.setParent(sheet)
    sheet.open_over(window)
    with qtbot.waitSignal(other.closed, timeout=30_000):
        other.open()
    assert json.loads(told.read_text())["folder"] == str(Path(next_one).expanduser())


def test_the_first_one_opens_in_pictures(
    picker: FilePicker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(FilePicker, "_last_folder", None)
    told = tmp_path / "told.json"
    odd_dialog(monkeypatch, "writes down", told)
    with qtbot.waitSignal(picker.closed, timeout=30_000):
        picker.open()
    assert json.loads(told.read_text())["folder"] == _PICTURES


def test_a_dialog_that_never_came_does_not_begin_there_again(
    picker: FilePicker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A person gave up before anything was said of the folder that does not answer."""
    monkeypatch.setattr(FilePicker, "_last_folder", "/gone")
    odd_dialog(monkeypatch, "is silent")
    picker.open()
    picker.close()
    told = tmp_path / "told.json"
    odd_dialog(monkeypatch, "writes down", told)
    with qtbot.waitSignal(picker.closed, timeout=30_000):
        picker.open()
    assert json.loads(told.read_text())["folder"] == ""


def test_choosing_changes_nothing_on_the_disk(qtbot: QtBot, tmp_path: Path) -> None:
    """Qt's own dialog moves a file that is dragged, and deletes a folder by a key and a letter."""
    (tmp_path / "album").mkdir()
    dialog = made_dialog(FileRequest(title="Choose photos", filters=("Photos (*.jpg)",)), is_native=False)
    qtbot.addWidget(dialog)
    dialog.setDirectory(str(tmp_path))
    dialog.show()
    (files,) = dialog.findChildren(QTreeView)
    qtbot.waitUntil(lambda: files.model().rowCount(files.rootIndex()) == 1)
    files.setCurrentIndex(files.model().index(0, 0, files.rootIndex()))
    assert not files.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable
    assert not files.currentIndex().flags() & Qt.ItemFlag.ItemIsDropEnabled
    QTest.keyClick(files, Qt.Key.Key_Delete)
    assert not [window for window in QApplication.topLevelWidgets() if isinstance(window, QMessageBox)]
    assert (tmp_path / "album").is_dir()


def test_asked_for_again_it_is_the_same_one_in_front(
    picker: FilePicker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd_dialog(monkeypatch, "answers when raised", "/a/b.jpg")
    opened = QSignalSpy(picker.opened)
    picker.open()
    with qtbot.waitSignal(picker.chosen, timeout=30_000) as chosen:
        picker.open()
    assert opened.count() == 1
    assert chosen.args == [[Path("/a/b.jpg")]]


@pytest.mark.usefixtures("soon_silent")
def test_one_that_hangs_is_told_and_can_be_closed(
    picker: FilePicker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd_dialog(monkeypatch, "is silent")
    picker.open()
    has_ended = _end_of(picker)
    qtbot.waitUntil(picker.strip.isVisible, timeout=10_000)
    assert file_dialog.silent()[0] in words_of(picker.strip)
    with qtbot.waitSignal(picker.closed):
        picker.strip.close_it.click()
    assert not picker.strip.isVisible()
    qtbot.waitUntil(has_ended, timeout=10_000)


@pytest.mark.usefixtures("soon_silent")
def test_asked_for_again_one_that_hangs_is_replaced(
    picker: FilePicker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    odd_dialog(monkeypatch, "is silent")
    picker.open()
    has_ended = _end_of(picker)
    qtbot.waitUntil(picker.strip.isVisible, timeout=10_000)
    photo = tmp_path / "one.jpg"
    photo.touch()
    hand_that_chooses(monkeypatch, str(photo))
    with qtbot.waitSignal(picker.chosen, timeout=30_000):
        picker.open()
    qtbot.waitUntil(has_ended, timeout=10_000)


@pytest.mark.usefixtures("soon_silent")
def test_one_that_goes_on_hanging_is_closed_for_the_person(
    picker: FilePicker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An open menu of it may take every click of the desktop. It does not open at that folder again."""
    monkeypatch.setattr(process, "GIVE_UP_AFTER_S", 2)
    monkeypatch.setattr(FilePicker, "_last_folder", str(tmp_path))
    odd_dialog(monkeypatch, "is silent")
    with qtbot.waitSignal(picker.closed, timeout=10_000):
        picker.open()
    assert file_dialog.given_up()[0] in words_of(picker.strip)
    told = tmp_path / "told.json"
    odd_dialog(monkeypatch, "writes down", told)
    monkeypatch.setattr(process, "GIVE_UP_AFTER_S", 25)  # a busy PC needs more than two seconds to start it
    with qtbot.waitSignal(picker.closed, timeout=30_000):
        picker.strip.try_again.click()
    assert '"folder":""' in told.read_text()


@pytest.mark.usefixtures("soon_silent")
def test_one_that_comes_back_is_used_on(picker: FilePicker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    odd_dialog(monkeypatch, "wakes when raised")
    picker.open()
    qtbot.waitUntil(picker.strip.isVisible, timeout=10_000)
    (dialog,) = picker.findChildren(DialogProcess)
    dialog.bring_to_front()
    qtbot.waitUntil(lambda: not picker.strip.isVisible(), timeout=10_000)
    assert picker.is_open


@pytest.mark.parametrize("how", ["dies", "lies", "babbles"])
def test_one_that_breaks_is_told(picker: FilePicker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    odd_dialog(monkeypatch, how)
    chosen = QSignalSpy(picker.chosen)
    with qtbot.waitSignal(picker.closed, timeout=30_000):
        picker.open()
    assert file_dialog.broken()[0] in words_of(picker.strip)
    assert chosen.count() == 0


def test_one_that_cannot_be_started_is_told(picker: FilePicker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cerbo_desktop.runtime.own_program.own_program", lambda *_: ["/nowhere/cerbo-desktop"])
    picker.open()
    assert file_dialog.broken()[0] in words_of(picker.strip)
    assert not picker.is_open


def test_it_goes_with_its_sheet(
    picker: FilePicker, window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd_dialog(monkeypatch, "is silent")
    picker.open()
    has_ended = _end_of(picker)
    window.findChildren(Sheet)[0].dismiss()
    assert not picker.is_open
    qtbot.waitUntil(has_ended, timeout=10_000)


def _end_of(picker: FilePicker) -> Callable[[], bool]:
    """Whether the process of the dialog that is open now has ended and was buried."""
    (dialog,) = picker.findChildren(DialogProcess)
    process_id = dialog.process_id

    def has_ended() -> bool:
        try:
            os.kill(process_id, 0)
        except ProcessLookupError:
            return True
        return False

    return has_ended
