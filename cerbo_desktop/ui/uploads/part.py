"""The tray of uploads, and the strip that says why photos can't be kept on this PC."""

from PySide6.QtWidgets import QApplication

from cerbo_desktop.domain.ids import PatientId, PhotoId, UploadId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.closing_stack import ClosingStack
from cerbo_desktop.services.uploads.opening import Closed, Opened, OutboxStatus
from cerbo_desktop.ui.kit.dialogs import Choice, ask
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.subscriptions import Subscriptions
from cerbo_desktop.ui.navigator import Navigator
from cerbo_desktop.ui.part import Context
from cerbo_desktop.ui.text import common, upload_questions
from cerbo_desktop.ui.text.closed_outbox import why_closed
from cerbo_desktop.ui.uploads.asking import Asking
from cerbo_desktop.ui.uploads.closed_strip import ClosedStrip
from cerbo_desktop.ui.uploads.originals_presenter import OriginalsPresenter
from cerbo_desktop.ui.uploads.presenter import TrayPresenter
from cerbo_desktop.ui.uploads.stranded_dialog import StrandedDialog
from cerbo_desktop.ui.uploads.stranded_presenter import StrandedPresenter
from cerbo_desktop.ui.uploads.view import UploadTray
from cerbo_desktop.ui.window import TRAY_FOLDS_UNDER_PX

_NEW_PHOTO_EDGE_PX = 224
"""Sharp at 200% on the card that asks about a new photo in the chart."""


class UploadsPart:
    """What becomes of photos that were sent, and what a person has to decide. `tray` is laid out by the main page."""

    def __init__(self, context: Context) -> None:
        services, window = context.services, context.window
        self._services, self._window, self._held = services, window, ClosingStack()
        self.tray, self.closed_strip = UploadTray(), ClosedStrip()
        self.widgets = (self.closed_strip,)
        line = services.connection.feed
        asking = Asking(services.uploading, services.clock, self._confirm, self._tell, lambda: line.latest)
        self._held.callback(self.tray.close_shift_list)
        self._held.hold(
            TrayPresenter(self.tray, services.uploading, services.clock, asking, self._small_photo, line, context.scope)
        )
        self._held.callback(OriginalsPresenter(self.tray, services.originals).close)
        taking_over, dialog = services.taking_over(context.settings.current.accounts), StrandedDialog(window)
        self._held.callback(dialog.close)
        self._stranded = self._held.hold(
            StrandedPresenter(self.tray, dialog, taking_over, services.clock, context.scope)
        )
        self.tray.retry_clicked.connect(lambda _: services.ask_anew())
        self.tray.take_again_clicked.connect(lambda upload_id: self._take_again(UploadId(upload_id), context.navigator))
        self.tray.attention_wanted.connect(lambda: QApplication.alert(window))
        self.closed_strip.try_wanted.connect(services.opening.try_now)
        subscriptions = Subscriptions()
        self._held.callback(subscriptions.close)
        subscriptions.follow(services.opening.feed, self._show_outbox)
        subscriptions.connect(window.activated, services.opening.try_now)
        subscriptions.connect(window.width_changed, self._fit)
        window.add_strip(self.closed_strip)

    def start(self) -> None:
        """The tray follows the uploads from the first."""

    async def aclose(self) -> None:
        """Ask nothing more, and close what lists patients; the uploads themselves go on until their service ends."""
        await self._held.aclose()

    def _fit(self, window_width_px: int) -> None:
        self.tray.set_narrow(window_width_px < TRAY_FOLDS_UNDER_PX)

    def _take_again(self, upload_id: UploadId, navigator: Navigator) -> None:
        found = next((each for each in self._services.uploading.feed.latest if each.id == upload_id), None)
        if found is not None:
            navigator.take_again(found.recipient, is_id_photo=found.is_id_photo)

    def _show_outbox(self, status: OutboxStatus) -> None:
        """Whether photos can be kept on this PC, and what an earlier session left here for others."""
        self.tray.set_known(isinstance(status, Opened))
        if isinstance(status, Closed):
            self.closed_strip.show_words(*why_closed(status.reason, status.waiting_count))
        elif isinstance(status, Opened):
            self.closed_strip.hide()
            self._stranded.show(status.recovered)

    async def _confirm(self, upload: Upload, title: str, text: str, go_on: str) -> bool:
        choices: list[Choice] = [("go", go_on, "danger"), ("stay", common.cancel(), "secondary")]
        added = upload_questions.added_at(self._services.clock.local(upload.taken_at))
        shown = raster_to_qimage(upload.preview), added
        return await ask(self._window, title, text, choices, escape="stay", shown=shown) == "go"

    async def _tell(self, title: str, text: str) -> None:
        await ask(self._window, title, text, [("close", common.close(), "secondary")])

    async def _small_photo(self, patient_id: PatientId, photo_id: PhotoId) -> Raster:
        content = await self._services.contents.get(patient_id, photo_id, urgency=Urgency.VISIBLE)
        return await self._services.studio.thumbnail(content.data, _NEW_PHOTO_EDGE_PX)
