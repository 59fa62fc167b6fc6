"""Where a person asks once more, Cerbo is asked once more, also for what it refused to this key."""

from cerbo_desktop.app.pages import Pages
from cerbo_desktop.domain.ports import CerboServer


def forget_refusals_when_asked(pages: Pages, server: CerboServer) -> None:
    """Heard in time: what the same press of a button asks for is sent in a later turn of the loop."""
    for asked_again in (
        *(pages.patient.list_retry_wanted, pages.patient.retry_wanted, pages.viewer.retry_chosen),
        *(pages.search.results.retry_wanted, pages.search.board_retry_wanted, pages.strip.try_wanted),
        pages.tray.retry_clicked,
    ):
        asked_again.connect(lambda *_: server.forget_refusals())
