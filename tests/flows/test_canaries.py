"""After a whole session with troubles nothing outside the sealed files tells of a patient, a photo or the secret."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication

from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.runtime.events import start_logging, stop_logging
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.vault.master_key import ACCOUNT as MASTER_KEY_ACCOUNT
from tests.flows.canaries import COUNT, PICTURE_HEAD, Canaries, files_below, hits
from tests.flows.desk import Desk
from tests.waiting import until

_PLACES = ("HOME", "USERPROFILE", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
_TEMPORARY = ("TMPDIR", "TEMP", "TMP")


class Titles(QObject):
    """Every title that any window has had."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]  # the test session's

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWindow):
            self.seen.add(watched.title())
        return super().eventFilter(watched, event)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home and a place for temporary files of the test's own, for this process and its children."""
    place = tmp_path / "home"
    (place / "tmp").mkdir(parents=True)
    for name in _PLACES:
        monkeypatch.setenv(name, str(place))
    for name in _TEMPORARY:
        monkeypatch.setenv(name, str(place / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield place


@pytest.fixture
def log_file(closed_desk: Desk) -> Iterator[Path]:
    start_logging(closed_desk.data_dir.log_file)
    yield closed_desk.data_dir.log_file
    stop_logging()


async def _look(desk: Desk, canaries: Canaries) -> None:
    """Search by name, birth date, address and id; album, viewer, settings; each with a trouble in between."""
    await desk.search(f"{canaries.last}, {canaries.first}")
    await desk.search(canaries.born.strftime("%d %b %Y"))
    await desk.search(canaries.searched)
    await desk.open(canaries.patient_id)
    await desk.pictures_are_there()
    await desk.open_photo(0)
    await desk.full_quality()
    desk.click("Back to album", desk.pages.viewer)
    desk.clinic.faults.set("search", Fault.SERVER_ERROR, times=3)
    await desk.search(f"{canaries.first}.{canaries.last}{canaries.patient_id}@example.com")
    desk.clinic.faults.set("images", Fault.MALFORMED_JSON)
    await desk.search(str(canaries.patient_id))
    desk.click_row(desk.pane.results.list, 0)
    await until(lambda: desk.pages.patient.list_notes.texts)
    desk.clinic.faults.clear()
    desk.click("Try again", desk.pages.patient)
    await desk.pictures_are_there()
    desk.click("Settings", desk.pane)
    await until(lambda: open_sheet(desk.window) is not None)
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: open_sheet(desk.window) is None)


async def _send(desk: Desk, canaries: Canaries) -> None:
    """Refused, sent, kept while offline over a restart, and stopped by a refused key."""
    desk.clinic.faults.set("upload", Fault.UNPROCESSABLE, times=1)
    await desk.send_file(canaries.file)
    await desk.click_when_there("Try again", desk.pages.tray)
    await desk.tray_says("Waiting in Cerbo’s queue")
    desk.clinic.go_offline()
    other = canaries.file.with_stem(f"{canaries.file_word}-2")
    other.write_bytes(canaries.second_on_this_pc)
    await desk.send_file(other)
    await until(lambda: any(each.trouble for each in desk.services.uploading.unsent))
    await desk.close()
    desk.clinic.go_online()
    await desk.start()
    desk.widen()
    await until(lambda: len(desk.clinic.photos_received(canaries.patient_id)) == 2)
    desk.clinic.faults.set("*", Fault.UNAUTHORIZED)
    await desk.search(canaries.last[:5])
    await desk.strip_says("Key not accepted")


def _on_the_clipboard() -> bytes:
    clipboard = QGuiApplication.clipboard()
    modes = [QClipboard.Mode.Clipboard, *([QClipboard.Mode.Selection] if clipboard.supportsSelection() else [])]
    data: list[QMimeData | None] = [clipboard.mimeData(mode) for mode in modes]
    return b"\0".join(bytes(each.data(kind).data()) for each in data if each is not None for kind in each.formats())


async def test_none_of_25_canaries_gets_out(
    closed_desk: Desk, tmp_path: Path, home: Path, log_file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    desk, titles, canaries = closed_desk, Titles(), Canaries(tmp_path)
    QGuiApplication.clipboard().clear()
    canaries.plant(desk.clinic)
    SettingsFile(desk.data_dir.settings_file).change(keeps_thumbnails=True)
    await desk.start()
    desk.widen()
    await _look(desk, canaries)
    await _send(desk, canaries)
    master_key = await desk.secrets.read(MASTER_KEY_ACCOUNT)
    assert master_key
    await desk.close()
    stop_logging()
    named = canaries.named(desk.clinic, master_key)
    assert len(named) == COUNT
    assert hits(b"..".join(named.values()), named) == list(named), "each would be found"
    told = dict(files_below(desk.data_dir.root, home))
    assert b"request failed" in told[log_file]
    assert desk.data_dir.settings_file in told
    assert any(file.suffix == ".picture" for file in told), "small pictures were kept, sealed"
    told |= {Path("clipboard"): _on_the_clipboard(), Path("titles"): "\n".join(titles.seen).encode()}
    told |= {Path("standard output and error"): "".join(capfd.readouterr()).encode()}
    assert titles.seen
    assert {file.name: found for file, data in told.items() if (found := hits(data, named))} == {}
    assert [file for file, data in told.items() if PICTURE_HEAD.search(data)] == []
    assert _names_in_the_systems_own_place(canaries) == []


def _names_in_the_systems_own_place(canaries: Canaries) -> list[str]:
    """Files beside ours, where a library might have passed the environment by; the test's own folder lies there."""
    words = (canaries.last, canaries.file_word, canaries.folder_word, str(canaries.patient_id))
    place = Path("/tmp" if Path("/tmp").is_dir() else tempfile.gettempdir())
    return [file.name for file in place.iterdir() if any(word.lower() in file.name.lower() for word in words)]
