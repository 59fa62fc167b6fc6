"""Keys that begin photos, pressed while the search box asks for somebody else than the patient who is open."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.ui.kit.dialogs import Choice, ask
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.search.pane import SearchPane
from cerbo_desktop.ui.text import photo_shortcuts as words
from cerbo_desktop.ui.text.capture import photos_for

PhotoAction = Callable[[], None]


class PhotoShortcuts:
    """Never for the patient of before: an act waits with an early Enter, or asks."""

    def __init__(
        self, window: QWidget, pane: SearchPane, scope: TaskScope, patient_shown: Callable[[], Patient | None]
    ) -> None:
        """`patient_shown` tells for whom photos would be begun now."""
        self._window, self._pane = window, pane
        self._scope, self._patient_shown = scope, patient_shown

    def guarded(self, act: PhotoAction, later: PhotoAction | None = None) -> PhotoAction:
        """`act`, as a key may ask for it. `later` stands in for it where it had to wait or was asked about."""
        later = later or act

        def by_key() -> None:
            patient = self._patient_shown()
            if self._pane.keeps_enter:
                self._pane.act_when_found(lambda patient_id: self._act_for(patient_id, later))
            elif patient is not None and self._pane.asks_for_somebody_but(patient.id):
                self._scope.start(self._ask_for_whom(patient, later), key="for whom")
            else:
                act()

        return by_key

    def _act_for(self, patient_id: str, act: PhotoAction) -> None:
        """`patient_id` is empty where nobody was opened."""
        patient = self._patient_shown()
        if patient is not None and patient.id == patient_id:
            act()
        elif patient is not None and not patient_id:
            self._scope.start(self._ask_for_whom(patient, act), key="for whom")

    async def _ask_for_whom(self, patient: Patient, act: PhotoAction) -> None:
        text = words.question(plain(self._pane.field.text(), 40), patient)
        choices: list[Choice] = [
            ("open", photos_for(patient), "secondary"),
            ("back", words.back_to_search(), "secondary"),
        ]
        if await ask(self._window, words.title(), text, choices, escape="back") == "open":
            self._act_for(patient.id, act)
        else:
            self._pane.focus_search()
