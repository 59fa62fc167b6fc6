"""Open in Cerbo: the way from a patient to the chart, in the browser."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from cerbo_desktop.domain.acts import OpenedInCerbo, Publish
from cerbo_desktop.domain.chart_address import chart_address
from cerbo_desktop.domain.ids import PatientId


class ChartLink:
    """`address` is the one that the app talks to, `pattern` what the clinic's IT says of charts; `publish` hears of
    what was opened."""

    def __init__(self, address: str, pattern: str | None, publish: Publish) -> None:
        self._address, self._pattern, self._publish = address, pattern, publish

    @property
    def is_known(self) -> bool:
        """Whether there is anything to open."""
        return bool(chart_address(self._address, self._pattern))

    def open(self, patient_id: PatientId | None = None) -> None:
        """Show this patient's chart, or Cerbo's start page, in the browser."""
        address = chart_address(self._address, self._pattern, patient_id)
        if address and QDesktopServices.openUrl(QUrl(address)):
            self._publish(OpenedInCerbo(patient_id))
