"""Taking photos of the patient who is open: the sheet, the ID card, what is dropped and what is pasted."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.services.capturing import CaptureSession
from cerbo_desktop.services.connection import Busy, Online
from cerbo_desktop.ui.capture.asking_to_leave import ask_to_leave
from cerbo_desktop.ui.capture.id_card import IdCard
from cerbo_desktop.ui.capture.id_presenter import IdCardPresenter
from cerbo_desktop.ui.capture.pasting import picture_bytes
from cerbo_desktop.ui.capture.presenter import CapturePresenter
from cerbo_desktop.ui.capture.sheet import CaptureSheet
from cerbo_desktop.ui.capture.sheet_making import input_kept_for_sheet, made_sheet, make_rest
from cerbo_desktop.ui.capture.surroundings import CardPlace, MakeCamera, OwnedCamera
from cerbo_desktop.ui.kit.dragged import is_web_link, local_files
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.keys import AFTER_SENDING_MS, tell_of_news
from cerbo_desktop.ui.part import Context
from cerbo_desktop.ui.window import COMPACT_UNDER_PX


class CaptureCoordinator:
    """At most one sheet or one card at a time, each with a camera of its own that ends with it."""

    def __init__(self, context: Context, page: CardPlace, make_camera: MakeCamera) -> None:
        self._window, self._services, self._settings = context.window, context.services, context.settings
        self._page, self._make_camera = page, make_camera
        self._scope = context.scope.child("capture")
        self._end_faces = self._services.faces.subscribe(self._follow_face)
        self._sheet: CaptureSheet | None = None
        self._sheet_of: PatientId | None = None
        self._sheet_presenter: CapturePresenter | None = None
        self._files_meanwhile: list[Path] = []
        self._card_presenter: IdCardPresenter | None = None
        self._card: IdCard | None = None
        self._leaving: set[CapturePresenter | IdCardPresenter] = set()
        """They are off the screen, and what was sent from them may still be on its way into the outbox."""

    @property
    def has_unsent_shots(self) -> bool:
        """An open sheet or card holds photos that were not sent yet."""
        presenters = (self._sheet_presenter, self._card_presenter)
        return any(presenter is not None and presenter.has_unsent_shots for presenter in presenters)

    def holds_shot_of_another(self, patient_id: PatientId) -> bool:
        """A card keeps a photo that was taken of somebody else and is not safe yet."""
        presenter = self._card_presenter
        return presenter is not None and presenter.has_unsent_shots and presenter.patient.id != patient_id

    @property
    def _card_keeps_a_shot(self) -> bool:
        return self._card_presenter is not None and self._card_presenter.has_unsent_shots

    def press_card_shutter(self) -> bool:
        """Take the ID photo; False where no card is open."""
        if self._card is not None:
            self._card.press_shutter()
        return self._card is not None

    def focus_card(self) -> bool:
        """Give the focus to the ID card; False where no card is open."""
        if self._card is not None:
            self._card.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._card is not None

    async def ask_to_leave(self) -> bool:
        """Send or discard what the card keeps; False when the person would rather stay, or has to look at it."""
        return self._card_presenter is None or await self._card_presenter.may_leave(partial(ask_to_leave, self._window))

    def open_card(self, patient: Patient, *, only_with_camera: bool = False) -> None:
        """The ID photo card on the patient's page. `only_with_camera`: it comes by itself, and not on a PC that has
        none.

        A card that keeps a photo stays as it is: whoever opens another patient was asked about it before. So does any
        card where the next would come by itself: a person may be at work in it.
        """
        if self._card_keeps_a_shot or (only_with_camera and self._card is not None):
            return
        self.close_card()
        session = self._session_of(patient)
        card, camera = IdCard(patient), self._make_camera()
        presenter = IdCardPresenter(
            card,
            session,
            camera,
            self._settings,
            accept=self._services.uploading.accept_id_photo,
            on_closed=lambda: self._end_card(presenter, card, camera, has_sent=session.safe_count > 0),
            scope=self._scope,
        )
        card.destroyed.connect(self._follow_line(card.buttons.send.show_kept_here))
        card.set_mirrored(self._settings.current.mirrors_view)
        card.set_compact(self._window.width() < COMPACT_UNDER_PX)
        self._card, self._card_presenter = card, presenter
        presenter.start()
        if only_with_camera and camera.state.is_none:
            presenter.close()
            return
        is_at_the_patient = (focused := QApplication.focusWidget()) is not None and self._page.isAncestorOf(focused)
        self._page.set_card(card)
        if is_at_the_patient or not only_with_camera:  # one that comes by itself takes no keys of somebody who types
            card.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_line(self, show_kept_here: Callable[[bool], None]) -> Callable[[], None]:
        """Tell whether a photo would stay on this PC for now; the function that is returned ends it."""
        return self._services.connection.feed.subscribe(lambda now: show_kept_here(not isinstance(now, Online | Busy)))

    def _session_of(self, patient: Patient) -> CaptureSession:
        services = self._services
        return CaptureSession(
            *(patient, services.studio, services.clock, self._scope, services.acts.publish),
            *(services.originals.batch(patient), services.sent_photos.find),
        )

    def close_card(self) -> None:
        """A card that keeps a photo stays: it is closed by a person, or by `ask_to_leave`."""
        if self._card_presenter is not None and not self._card_presenter.has_unsent_shots:
            self._card_presenter.close()

    def step_back(self) -> bool:
        """Esc, wherever the focus is: close a card that keeps no photo; False where there is none. In the card itself
        Esc is the card's."""
        focused, presenter = QApplication.focusWidget(), self._card_presenter
        if self._card is None or presenter is None or presenter.has_unsent_shots:
            return False
        if focused is not None and self._card.isAncestorOf(focused):
            return False
        presenter.close()
        return True

    def open_sheet(self, patient: Patient, tab: str = "camera", files: Sequence[Path] = ()) -> None:
        """The sheet over the whole window; one that is open already stays as it is."""
        if self._may_open_sheet:
            self._start_opening(self._open_sheet(patient, tab, files))
        elif self._sheet is None:  # it is still being made
            self._files_meanwhile.extend(files)

    def choose_files(self, patient: Patient) -> None:
        """The sheet with the window for choosing files in front of it."""
        self._open_files_then(patient, lambda sheet: sheet.incoming.picker.open())

    def tell_of_link(self, patient: Patient) -> None:
        """The sheet, which says what to do with a link to the web."""
        self._open_files_then(patient, lambda sheet: sheet.incoming.link_came.emit())

    @property
    def _may_open_sheet(self) -> bool:
        return self._sheet is None and not self._scope.is_running("sheet")

    def _start_opening(self, opening: Coroutine[object, object, object]) -> None:
        self._files_meanwhile.clear()
        self._scope.start(opening, key="sheet")

    async def _open_sheet(self, patient: Patient, tab: str, files: Sequence[Path]) -> CaptureSheet | None:
        """An open card gives its camera to the sheet; the photo it keeps is sent or discarded first. None where the
        person rather stays at the card."""
        if self._card_keeps_a_shot and not await self.ask_to_leave():
            return None
        self.close_card()
        today = self._services.clock.local(self._services.clock.now()).date()
        with input_kept_for_sheet(self._window):
            sheet = await made_sheet(patient, today, self._settings.current, "files" if files else tab)
            presenter = self._open_made(sheet, patient)
            await asyncio.sleep(0)
            if sheet.is_open:
                presenter.start(tab, [*files, *self._files_meanwhile])
        self._scope.start(make_rest(sheet))
        return sheet

    def _open_made(self, sheet: CaptureSheet, patient: Patient) -> CapturePresenter:
        known = self._services.faces.known(patient.id)
        sheet.set_face(raster_to_qimage(known.raster) if known is not None and known.raster is not None else None)
        session, camera, accept = self._session_of(patient), self._make_camera(), self._services.uploading.accept
        comparing = self._services.comparing(patient.id, session.feed, self._scope, session.look_again)
        presenter = CapturePresenter(
            sheet, session, camera, self._settings, accept=accept, scope=self._scope, comparing=comparing
        )
        self._sheet, self._sheet_presenter, self._sheet_of = sheet, presenter, patient.id
        sheet.dismissed.connect(lambda: self._end_sheet(presenter, camera, has_sent=session.safe_count > 0))
        sheet.dismissed.connect(self._follow_line(sheet.foot.show_kept_here))
        sheet.open_over(self._window, first_focus=sheet.first_focus)
        return presenter

    def paste(self, patient: Patient) -> None:
        """Open the sheet with what the clipboard holds, if that is files, a picture or a link to one."""
        held = QGuiApplication.clipboard().mimeData()
        paths, picture = local_files(held), picture_bytes(held)
        if paths:
            self.open_sheet(patient, tab="files", files=paths)
        elif picture:
            self._open_files_then(patient, lambda sheet: sheet.picture_pasted.emit(picture))
        elif is_web_link(held):
            self.tell_of_link(patient)

    def _open_files_then(self, patient: Patient, act: Callable[[CaptureSheet], None]) -> None:
        if self._may_open_sheet:
            self._start_opening(self._opened_files(patient, act))

    async def _opened_files(self, patient: Patient, act: Callable[[CaptureSheet], None]) -> None:
        if (sheet := await self._open_sheet(patient, "files", ())) is not None:
            act(sheet)

    async def aclose(self) -> None:
        """Wait until photos that were sent are handed over; drop all others."""
        self._end_faces()
        for open_one in (self._card_presenter, self._sheet_presenter):
            if open_one is not None:
                open_one.close()
        for presenter in tuple(self._leaving):
            await presenter.aclose()
        await self._scope.aclose()

    def _follow_face(self, patient_id: PatientId, is_wrong: bool) -> None:
        """What stands on the sheet as the patient's face is none."""
        if is_wrong and self._sheet is not None and patient_id == self._sheet_of:
            self._sheet.set_face(None)

    def _end_sheet(self, presenter: CapturePresenter, camera: OwnedCamera, *, has_sent: bool) -> None:
        self._sheet = self._sheet_presenter = None
        self._end(presenter, camera, has_sent=has_sent)

    def _end_card(self, presenter: IdCardPresenter, card: IdCard, camera: OwnedCamera, *, has_sent: bool) -> None:
        self._card = self._card_presenter = None
        is_at_work_elsewhere = (focused := QApplication.focusWidget()) and not self._page.isAncestorOf(focused)
        self._page.set_card(None)
        card.deleteLater()
        if not is_at_work_elsewhere:
            self._page.focus_album()
        self._end(presenter, camera, has_sent=has_sent)

    def _end(self, presenter: CapturePresenter | IdCardPresenter, camera: OwnedCamera, *, has_sent: bool) -> None:
        if has_sent:
            tell_of_news(self._window, AFTER_SENDING_MS)
        presenter.close()
        camera.deleteLater()
        self._leaving.add(presenter)
        self._scope.start(self._closed(presenter))

    async def _closed(self, presenter: CapturePresenter | IdCardPresenter) -> None:
        await presenter.aclose()
        self._leaving.discard(presenter)
