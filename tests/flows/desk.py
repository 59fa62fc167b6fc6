"""A desk in the clinic: the whole program in its real window, used with real keys and the real mouse."""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cerbo_desktop.app.application import Application
from cerbo_desktop.app.options import Options
from cerbo_desktop.app.workspace import Workspace
from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.config.policy import NO_POLICY
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.ports import SecretStore
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.runtime.window_geometry import read_placement
from cerbo_desktop.services.credentials import SessionSecrets
from cerbo_desktop.services.photos.thumbnail_states import Ready
from cerbo_desktop.services.practice import PracticeServices
from cerbo_desktop.ui.capture.id_card import IdCard
from cerbo_desktop.ui.capture.model import SHOT_ROLE
from cerbo_desktop.ui.capture.sheet import CaptureSheet
from cerbo_desktop.ui.connection.clock_strip import ClockStrip
from cerbo_desktop.ui.connection.view import ConnectionStrip
from cerbo_desktop.ui.gallery.album_view import AlbumView
from cerbo_desktop.ui.gallery.model import Role
from cerbo_desktop.ui.gallery.page import PatientPage
from cerbo_desktop.ui.kit.dialogs import Question
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.patients.patient_list import PatientListView
from cerbo_desktop.ui.search.namesakes import NamesakesPage
from cerbo_desktop.ui.search.pane import SearchPane
from cerbo_desktop.ui.uploads.closed_strip import ClosedStrip
from cerbo_desktop.ui.uploads.view import UploadTray
from cerbo_desktop.ui.viewer.page import ViewerPage
from cerbo_desktop.ui.window import MainWindow
from tests.flows.reading import button_of, number_in, rows_of, words_of
from tests.waiting import emitted, until

_LEFT = Qt.MouseButton.LeftButton
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True, slots=True)
class Pages:
    """What the connected practice shows in the window."""

    search: SearchPane
    namesakes: NamesakesPage
    patient: PatientPage
    tray: UploadTray
    viewer: ViewerPage
    strip: ConnectionStrip
    closed_strip: ClosedStrip
    clock_strip: ClockStrip

    @classmethod
    def of(cls, workspace: Workspace) -> "Pages":
        search, uploads = workspace.search, workspace.uploads
        centre = (search.pane, search.namesakes, workspace.gallery.page, uploads.tray)
        strips = (workspace.connection.strip, uploads.closed_strip, workspace.clock.strip)
        return cls(*centre, workspace.viewer.page, *strips)


class Desk:
    """`start` opens the window. `close` ends the program and fails where anything was left over or went wrong."""

    def __init__(self, clinic: PracticeClinic, data_dir: DataDir) -> None:
        self.clinic = clinic
        self.data_dir = data_dir
        self.failures: list[BaseException] = []
        self.secrets: SecretStore = SessionSecrets()
        self.make_camera: Callable[[], Camera] = Camera
        self.policy = NO_POLICY
        self.at_empty_window: Callable[[MainWindow], None] = lambda _: None
        """What a person does before there is a page."""
        self._application: Application | None = None
        self._tasks_before: set[asyncio.Task[Any]] = set()

    @classmethod
    def in_front_of(cls, application: Application) -> "Desk":
        """At a program that somebody else starts and ends."""
        desk = cls.__new__(cls)
        desk.failures = []
        desk._application = application
        return desk

    # Starting and ending.

    async def start(self) -> None:
        """Connect by key and secret that this start was given."""
        await self.start_as(self.clinic.username)

    async def start_as(self, key: str) -> None:
        await self.start_with(Options(server=self.clinic.origin, key=key, secret=self.clinic.secret))

    async def start_with(self, options: Options) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: self.failures.append(_failure_of(context)))
        self._tasks_before = set(asyncio.all_tasks())
        settings = SettingsFile(self.data_dir.settings_file)

        def camera() -> Camera:
            return self.make_camera()

        window = MainWindow()
        window.place(read_placement(self.data_dir.window_file))
        scope = TaskScope("app", self.failures.append)
        self._application = Application(
            window, options, self.data_dir, settings, self.secrets, scope, camera, self.policy
        )
        self.at_empty_window(window)
        await self._application.start()
        self.window.activateWindow()
        await until(self.window.isActiveWindow)

    def widen(self) -> None:
        """Wide enough for every pane: a restored window fits itself into the test's own small screen."""
        self.window.resize(1440, 900)

    async def close(self) -> None:
        if self._application is not None:
            application, self._application = self._application, None
            await application.aclose()
            application.window.deleteLater()
        if self.failures:
            raise self.failures[0]
        left = asyncio.all_tasks() - self._tasks_before - {asyncio.current_task()}
        assert not [task.get_coro() for task in left if not task.done()]

    # What there is.

    @property
    def application(self) -> Application:
        assert self._application is not None
        return self._application

    @property
    def window(self) -> QWidget:
        return self.application.window

    @property
    def workspace(self) -> Workspace:
        assert self.application.session.workspace is not None
        return self.application.session.workspace

    @property
    def pages(self) -> "Pages":
        return Pages.of(self.workspace)

    @property
    def services(self) -> PracticeServices:
        return self.workspace.services

    @property
    def pane(self) -> SearchPane:
        return self.pages.search

    @property
    def album(self) -> AlbumView:
        return self.pages.patient.album

    @property
    def sheet(self) -> CaptureSheet:
        found = open_sheet(self.window)
        assert isinstance(found, CaptureSheet)
        return found

    @property
    def card(self) -> IdCard:
        return self.pages.patient.findChildren(IdCard)[0]

    @property
    def has_card(self) -> bool:
        return self.pages.patient.card_slot.has_card

    # Keys and mouse.

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _NO_MODIFIER) -> None:
        """A key for whatever has the focus."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def click(self, words: str, inside: QWidget | None = None) -> None:
        """The visible button with these words."""
        QTest.mouseClick(button_of(inside or self.window, words), _LEFT)

    async def click_when_there(self, words: str, inside: QWidget | None = None) -> None:
        await until(lambda: _is_there(inside or self.window, words))
        self.click(words, inside)

    def type(self, text: str) -> None:
        """Into the field that has the focus; letters that no test keyboard has come as an input method sends them."""
        field = QApplication.focusWidget()
        assert field is not None
        if text.isascii():
            QTest.keyClicks(field, text)
        else:
            field.insert(text)  # type: ignore[attr-defined]  # a line edit has the focus

    def answer(self, words: str) -> None:
        """Press a button of the question that is open."""
        self.click(words, self.question)

    @property
    def question(self) -> Question:
        found = open_sheet(self.window)
        assert isinstance(found, Question)
        return found

    @property
    def is_asked(self) -> bool:
        return isinstance(open_sheet(self.window), Question)

    # Search and the board.

    async def search(self, text: str) -> None:
        """Type into the search box, and wait until an answer stands below it."""
        self.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        assert self.pane.field.hasFocus()
        if self.pane.field.text():
            self.press(Qt.Key.Key_Delete)
        self.type(text)
        await emitted(self.pane.query_changed)
        await until(lambda: not self.pane.results.is_searching)

    @property
    def search_words(self) -> str:
        return words_of(self.pane.results)

    @property
    def found(self) -> list[str]:
        return rows_of(self.pane.results.list) if self.pane.results.isVisible() else []

    @property
    def board(self) -> list[str]:
        return rows_of(self.pane.board.list) if self.pane.board.list.isVisible() else []

    @property
    def board_words(self) -> str:
        return words_of(self.pane.board)

    async def board_is_there(self) -> None:
        await until(lambda: self.board)

    async def open(self, patient_id: int | str) -> None:
        """Search for an id and click the row; returns when the album is known."""
        await self.search(str(patient_id))
        self.click_row(self.pane.results.list, 0)
        await self.album_is_known()

    async def open_patient(self, name: str) -> None:
        """Click the row of whoever is spoken so on today's board."""
        if self.pane.results.isVisible():
            self.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
            self.press(Qt.Key.Key_Escape)
        await self.board_is_there()
        self.click_on_board(name)
        await self.album_is_known()

    def click_on_board(self, name: str) -> None:
        row = next(at for at, words in enumerate(self.board) if words.startswith(name))
        self.click_row(self.pane.board.list, row)

    def click_row(self, listing: PatientListView, row: int) -> None:
        index = listing.model().index(row, 0)
        listing.scrollTo(index)
        QTest.mouseClick(listing.viewport(), _LEFT, _NO_MODIFIER, listing.visualRect(index).center())

    # The open patient.

    @property
    def page_words(self) -> str:
        """Dates with plain spaces: where a line ends is nothing to a test of what is said."""
        return words_of(self.pages.patient).replace("\N{NO-BREAK SPACE}", " ")

    @property
    def banner_words(self) -> str:
        return words_of(self.pages.patient.banner).replace("\N{NO-BREAK SPACE}", " ")

    @property
    def banner_name(self) -> str:
        """As a screen reader says it."""
        return self.pages.patient.banner.accessibleName()

    async def album_is_known(self) -> None:
        await until(lambda: not self.services.albums.album.latest.is_loading)

    @property
    def filter_words(self) -> list[str]:
        """All, 23"""
        bar = self.pages.patient.filter_bar.types
        return [child.accessibleName() for child in bar.findChildren(QWidget) if child.accessibleName()]

    @property
    def tiles(self) -> list[str]:
        """The tiles in view, as a screen reader says them."""
        model = self.album.model()
        return [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in self.album.rows_in_view()]

    async def pictures_are_there(self, timeout_s: float = 30.0) -> None:
        """Every tile in view shows a picture."""
        await until(lambda: self.album.isVisible() and self.states and all_ready(self.states), timeout_s)

    @property
    def states(self) -> list[Any]:
        """Of the tiles in view."""
        model = self.album.model()
        return [model.index(row, 0).data(Role.STATE) for row in self.album.rows_in_view()]

    @property
    def numbers(self) -> list[int]:
        """What the pictures in view say that they are; only for numbered photos."""
        return [number_in(state.raster) for state in self.states if isinstance(state, Ready)]

    def tile_centre(self, place: int) -> QPoint:
        rect = self.album.tile_rect(self.album.rows_in_view()[place])
        return QPoint(rect.center().x(), rect.top() + rect.width() // 2)

    # The viewer.

    async def open_photo(self, place: int = 0) -> None:
        """Double-click a photo of the chart in view; those on their way, which stand before it, can't be opened."""
        model = self.album.model()
        rows = [row for row in self.album.rows_in_view() if model.index(row, 0).data(Role.PENDING) is None]
        waiting_count = len(self.album.rows_in_view()) - len(rows)
        QTest.mouseDClick(self.album.viewport(), _LEFT, _NO_MODIFIER, self.tile_centre(waiting_count + place))
        await until(lambda: self.pages.viewer.isVisible())

    @property
    def stage_name(self) -> str:
        return self.pages.viewer.stage.accessibleName()

    @property
    def viewer_words(self) -> str:
        return words_of(self.pages.viewer)

    async def full_quality(self) -> None:
        await until(lambda: self.stage_name.endswith("Full quality"))

    # Photos on their way.

    def drop(self, files: Sequence[Path], onto: QWidget | None = None) -> None:
        """Drag files over the patient's page, or another place, and let go."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        page, copy = onto or self.pages.patient, Qt.DropAction.CopyAction
        QApplication.sendEvent(page, QDragEnterEvent(QPoint(50, 50), copy, mime, _LEFT, _NO_MODIFIER))
        QApplication.sendEvent(page, QDropEvent(QPointF(50, 50), copy, mime, _LEFT, _NO_MODIFIER))

    @property
    def added(self) -> list[str]:
        """The rows of the sheet's files; none before it is open."""
        return rows_of(self.sheet.files_tab.files) if isinstance(open_sheet(self.window), CaptureSheet) else []

    async def examined(self) -> None:
        await until(lambda: self.added and not any("Checking" in row for row in self.added))

    def choose_all(self) -> None:
        """Tick also the files that are left out, such as those that show the same as one before."""
        files = self.sheet.files_tab.files
        for row, words in enumerate(self.added):
            if ", chosen." not in words:
                files.setCurrentIndex(files.model().index(row, 0))
                QTest.keyClick(files, Qt.Key.Key_Space)
        assert [words for words in self.added if ", chosen." not in words] == []

    def agree(self) -> None:
        """Tick that the patient agreed."""
        QTest.mouseClick(self.sheet.foot.consent.box, _LEFT)

    async def send_file(self, file: Path) -> None:
        """Drop, wait for the verdict, tick, send; also one that was sent before, for this patient or another."""
        self.drop([file])
        await self.examined()
        files = self.sheet.files_tab.files
        shot = files.model().index(0, 0).data(SHOT_ROLE)
        if shot.sent_before is not None:
            files.shot_ticked.emit(shot.id, True)
        self.agree()
        QTest.mouseClick(self.sheet.foot.send, _LEFT)
        await until(lambda: open_sheet(self.window) is None)

    @property
    def tray_words(self) -> str:
        return words_of(self.pages.tray)

    async def tray_says(self, words: str, timeout_s: float = 30.0) -> None:
        await until(lambda: words in self.tray_words, timeout_s)

    async def all_wait_in_queue(self, count: int) -> None:
        """So many photos of one patient, two at least, have a card that says of all of them that they wait."""
        await self.tray_says(f"{count} photos, Waiting in Cerbo’s queue: ")

    @property
    def closed_words(self) -> str:
        """Of the strip that says why nothing can be kept on this PC; empty where there is none."""
        return " ".join(words_of(strip) for strip in self.window.findChildren(ClosedStrip) if strip.isVisible())

    async def says_closed(self, words: str, timeout_s: float = 30.0) -> None:
        await until(lambda: words in self.closed_words, timeout_s)

    def leave_and_come_back(self) -> None:
        """To another program and back."""
        for kind in (QEvent.Type.WindowDeactivate, QEvent.Type.WindowActivate):
            QApplication.sendEvent(self.window, QEvent(kind))
        QApplication.sendEvent(self.window, QEvent(QEvent.Type.ActivationChange))

    @property
    def strip_words(self) -> str:
        return words_of(self.pages.strip)

    @property
    def next_try_s(self) -> int:
        """What the strip counts down."""
        found = re.search(r"Next try in (\d+) s", self.strip_words)
        return int(found.group(1)) if found is not None else 0

    async def strip_says(self, words: str, timeout_s: float = 30.0) -> None:
        await until(lambda: words in self.strip_words, timeout_s)


def all_ready(states: Sequence[object]) -> bool:
    return all(isinstance(state, Ready) and state.is_final for state in states)


def _is_there(inside: QWidget, words: str) -> bool:
    try:
        return button_of(inside, words).isVisible()
    except LookupError:
        return False


def _failure_of(context: dict[str, Any]) -> BaseException:
    failure = context.get("exception")
    return failure if isinstance(failure, BaseException) else RuntimeError(str(context.get("message")))
