"""The practice clinic inside the app: its server, its ribbon, its staff and its troubles."""

from collections.abc import Callable
from enum import Enum

from cerbo_desktop.domain.address import AddressFault, parse_address
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.runtime.paths import resources_dir
from cerbo_desktop.services.credentials import Credentials
from cerbo_desktop.ui.practice.view import PracticeRibbon
from cerbo_desktop.ui.text import practice as words


class SimulatedFault(Enum):
    """What a person can try out, in the order of the menu."""

    NONE = "none"
    SLOW = "slow"
    OFFLINE = "offline"
    KEY_REFUSED = "key"
    BUSY = "busy"
    ANSWER_LOST = "lost"
    REFUSED = "refused"
    PHOTOS_BREAK = "interrupted"
    WEB_PAGE = "portal"


_NAMES: dict[SimulatedFault, Callable[[], str]] = {
    SimulatedFault.NONE: words.no_problem,
    SimulatedFault.SLOW: words.slow,
    SimulatedFault.OFFLINE: words.offline,
    SimulatedFault.KEY_REFUSED: words.key_refused,
    SimulatedFault.BUSY: words.busy,
    SimulatedFault.ANSWER_LOST: words.answers_lost,
    SimulatedFault.REFUSED: words.uploads_refused,
    SimulatedFault.PHOTOS_BREAK: words.downloads_interrupted,
    SimulatedFault.WEB_PAGE: words.sign_in_page,
}


class PracticeMode:
    """Runs the practice clinic while the app does. `on_accepted` hears that the chart has new photos."""

    def __init__(self, on_accepted: Callable[[], None]) -> None:
        self.clinic = PracticeClinic(resources_dir() / "practice")
        self.ribbon = PracticeRibbon([(trouble.value, _NAMES[trouble]()) for trouble in SimulatedFault])
        self._on_accepted = on_accepted
        self.ribbon.accept_wanted.connect(self._accept)
        self.ribbon.trouble_chosen.connect(lambda key: self._make_trouble(SimulatedFault(key)))

    def start(self) -> None:
        """Start the practice clinic's server."""
        self.clinic.start()

    def stop(self) -> None:
        """End the server; what was sent to it is gone."""
        self.clinic.stop()

    @property
    def credentials(self) -> Credentials:
        """Address, key and secret of the running practice clinic."""
        origin = parse_address(self.clinic.origin)
        if isinstance(origin, AddressFault):
            raise TypeError(origin)
        return Credentials(origin, self.clinic.username, self.clinic.secret)

    def _accept(self) -> None:
        self.ribbon.show_status(words.accepted(len(self.clinic.accept_all())))
        self._on_accepted()

    def _make_trouble(self, trouble: SimulatedFault) -> None:
        clinic = self.clinic
        clinic.faults.clear()
        clinic.go_online()
        clinic.switches.latency_s = 0.0
        clinic.switches.upload_pace_s = 0.0
        match trouble:
            case SimulatedFault.NONE:
                pass
            case SimulatedFault.SLOW:
                clinic.switches.latency_s = 0.8
                clinic.switches.upload_pace_s = 0.1
                # A photo of the practice clinic, some 100 KB, then takes a second: it can be watched as it grows.
                clinic.faults.set("content", Fault.SLOW, pace_s=0.06, piece_bytes=6_000)
            case SimulatedFault.OFFLINE:
                clinic.go_offline()
            case SimulatedFault.KEY_REFUSED:
                clinic.faults.set("*", Fault.UNAUTHORIZED)
            case SimulatedFault.BUSY:
                clinic.faults.set("*", Fault.TOO_MANY, retry_after=10)
            case SimulatedFault.ANSWER_LOST:
                clinic.faults.set("upload", Fault.ANSWER_LOST)
            case SimulatedFault.REFUSED:
                clinic.faults.set("upload", Fault.TOO_LARGE)
            case SimulatedFault.PHOTOS_BREAK:
                clinic.faults.set("content", Fault.CUT_MID_BODY)
                clinic.faults.set("stream", Fault.CUT_MID_BODY)
            case SimulatedFault.WEB_PAGE:
                clinic.faults.set("*", Fault.CAPTIVE_PORTAL)
        self.ribbon.show_status("" if trouble is SimulatedFault.NONE else words.active(_NAMES[trouble]()))
