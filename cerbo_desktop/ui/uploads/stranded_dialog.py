"""What the presenter of photos of an earlier sign-in opens over the window: the sheet, and the question before it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cerbo_desktop.services.uploads.taking_over import StrandedLook
from cerbo_desktop.ui.kit.dialogs import Choice, ask
from cerbo_desktop.ui.text import earlier_sign_in as words
from cerbo_desktop.ui.uploads.stranded_sheet import StrandedSheet


class StrandedDialog:
    """One sheet at a time. Each `show_...` does nothing once a person has closed the sheet."""

    def __init__(self, window: QWidget) -> None:
        """`window` is the one that the sheet lies over."""
        self._window = window
        self._sheet: StrandedSheet | None = None

    def open(self) -> None:
        """Open the sheet, which says that the patients' records are being checked."""
        self._sheet = StrandedSheet()
        self._sheet.open_over(self._window, first_focus=self._sheet.keep)

    async def ask_whether_same(self, others: frozenset[str], present: str) -> bool:
        """Whether the practice at the addresses `others` is the one at the address `present`."""
        choices: list[Choice] = [("same", words.it_is_the_same(), "secondary"), ("keep", words.keep_here(), "primary")]
        text = words.same_practice(others, present)
        return await ask(self._window, words.same_practice_title(), text, choices, escape="keep") == "same"

    def show_looked(self, looked: StrandedLook, moments: Sequence[str], on_send: Callable[[], object]) -> None:
        """List the photos, each taken at its one of `moments`. `on_send` is called when a person sends them."""
        if (sheet := self._open_sheet) is not None:
            sheet.show_looked(looked, moments)
            sheet.send_wanted.connect(on_send)

    def show_failure(self, text: str) -> None:
        """Say why the photos could not be looked at."""
        if (sheet := self._open_sheet) is not None:
            sheet.show_status(text)

    def show_taken_over(self, left_count: int) -> None:
        """Close the sheet, or say how many photos could not be taken over and stay here."""
        if (sheet := self._open_sheet) is None:
            return
        if left_count:
            sheet.send.hide()
            sheet.show_status(words.stayed(left_count))
        else:
            sheet.dismiss()

    def close(self) -> None:
        """Close the sheet, where it is open."""
        if (sheet := self._open_sheet) is not None:
            sheet.dismiss()

    @property
    def _open_sheet(self) -> StrandedSheet | None:
        sheet = self._sheet
        return sheet if sheet is not None and isValid(sheet) and sheet.is_open else None
