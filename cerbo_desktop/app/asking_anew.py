"""Where a person asks once more, Cerbo is asked once more, also for what it refused to this key."""

from cerbo_desktop.app.pages import Pages
from cerbo_desktop.app.services import Services
from cerbo_desktop.services.connection import KeyRefused


def ask_anew_when_asked(pages: Pages, services: Services) -> None:
    """Heard in time: what the same press of a button asks for is sent in a later turn of the loop."""
    for asked_again in (
        *(pages.patient.list_retry_wanted, pages.patient.retry_wanted, pages.viewer.retry_chosen),
        *(pages.search.results.retry_wanted, pages.search.board_retry_wanted, pages.tray.retry_clicked),
    ):
        asked_again.connect(lambda *_: ask_anew(services))
    pages.strip.try_wanted.connect(services.server.forget_refusals)


def ask_anew(services: Services) -> None:
    """A key that Cerbo refused is sent nothing but this: whether it still is. What failed loads where it isn't."""
    services.server.forget_refusals()
    if isinstance(services.connection.feed.latest, KeyRefused):
        services.connection.try_now()
